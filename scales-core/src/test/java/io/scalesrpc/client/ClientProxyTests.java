package io.scalesrpc.client;

import java.time.Duration;
import java.util.Set;

import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class ClientProxyTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void methodsOfObjectAreThoseOfTheProxyItself() {
		ClientHandle<Sums> handle = this.fixture.build();
		Sums client = handle.proxy();
		assertThat(Set.of(client)).contains(handle.proxy()).doesNotContain(handle.proxy(Sums.class));
		assertThat(client).hasToString("calculator (io.scalesrpc.client.Sums)");
		assertThat(this.fixture.protocol.connections).isEmpty();
	}

	@Test
	void aDefaultMethodRunsOnTheProxy() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(8)));
		assertThat(this.fixture.client().twice(4)).isEqualTo(8);
		assertThat(this.fixture.protocol.calls().get(0).arguments()).containsExactly(4, 4);
	}

	@Test
	void whatADefaultMethodThrowsComesOutAsItIs() {
		Failing client = this.fixture.build().proxy(Failing.class);
		assertThatExceptionOfType(TooBigException.class).isThrownBy(client::fail);
	}

	@Test
	void anotherInterfaceSharesTheConnections() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(8)));
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy().add(1, 2);
		assertThat(handle.proxy(Other.class).add(1, 2)).isEqualTo(8);
		assertThat(this.fixture.protocol.connections).hasSize(1);
		assertThat(this.fixture.protocol.calls()).hasSize(2);
	}

	@Test
	void aProxyIsMadeOfAnInterfaceOnly() {
		ClientHandle<Sums> handle = this.fixture.build();
		assertThatIllegalArgumentException().isThrownBy(() -> handle.proxy(String.class))
			.withMessage("type: java.lang.String (expected: an interface)");
	}

	@Test
	void theOptionsOfAMethodGoByItsJavaNameThenByItsWireNameThenByTheClient() {
		CallOptions.Key<String> key = new CallOptions.Key<>("said by", "nobody");
		this.fixture.builder.callOption(key, "client")
			.methodOption("add", key, "add")
			.methodOption("stage", key, "stage");
		Sums client = this.fixture.client();
		client.addAsync(1, 2);
		client.stage(1);
		client.mono(1).subscribe((sum) -> {
		}, (ex) -> {
		});
		assertThat(this.fixture.sent(0).options().get(key)).isEqualTo("add");
		assertThat(this.fixture.sent(1).options().get(key)).isEqualTo("stage");
		assertThat(this.fixture.sent(2).options().get(key)).isEqualTo("client");
	}

	@Test
	void aCallMadeForARequestWaitsNoLongerThanItsCaller() {
		this.fixture.builder.methodTimeout("stage", Duration.ofMillis(50));
		Sums client = this.fixture.client();
		Deadline ofCaller = Deadline.after(Duration.ofMillis(200), this.fixture.time.nanos());
		InboundRequest.current(new InboundRequest(ofCaller, 0));
		try {
			client.addAsync(1, 2);
			client.stage(1);
		}
		finally {
			InboundRequest.current(null);
		}
		client.addAsync(1, 2);
		assertThat(this.fixture.sent(0).deadline())
			.isEqualTo(new Deadline(ofCaller.startNanos(), ofCaller.timeoutNanos(), true));
		assertThat(this.fixture.sent(1).deadline().timeoutNanos()).isEqualTo(50_000_000);
		assertThat(this.fixture.sent(2).deadline().timeoutNanos()).isEqualTo(10_000_000_000L);
	}

	@Test
	void aCallMadeForARepeatedRequestKnowsIt() {
		Sums client = this.fixture.client();
		InboundRequest.current(new InboundRequest(null, 2));
		try {
			client.addAsync(1, 2);
		}
		finally {
			InboundRequest.current(null);
		}
		client.addAsync(1, 2);
		assertThat(this.fixture.sent(0).options().get(InboundRequest.ATTEMPT)).isEqualTo(2);
		assertThat(this.fixture.sent(1).options().has(InboundRequest.ATTEMPT)).isFalse();
	}

	@Test
	void theTimeoutOfAMethodGoesByItsJavaNameThenByItsWireName() {
		this.fixture.builder.timeout(Duration.ofSeconds(5))
			.methodTimeout("add", Duration.ofSeconds(1))
			.methodTimeout("addAsync", Duration.ofSeconds(2));
		Sums client = this.fixture.client();
		client.addAsync(1, 2);
		assertThat(timeout(this.fixture.sent(0))).hasSeconds(2);
		client.stage(1);
		assertThat(timeout(this.fixture.sent(1))).hasSeconds(5);
	}

	@Test
	void theWireNameIsEnoughForAnAsyncMethod() {
		this.fixture.builder.methodTimeout("add", Duration.ofSeconds(1));
		this.fixture.client().addAsync(1, 2);
		assertThat(timeout(this.fixture.sent(0))).hasSeconds(1);
	}

	private static Duration timeout(Call call) {
		return Duration.ofNanos(call.deadline().timeoutNanos());
	}

	/** Another interface of the same service. */
	interface Other {

		int add(int a, int b);

	}

	/** A default method that fails. */
	interface Failing {

		default void fail() throws TooBigException {
			throw new TooBigException(1);
		}

	}

}
