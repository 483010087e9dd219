package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client one of whose three members fails every call. <em>Confined to the test's
 * thread.</em>
 */
@Sockets
class MemberBreakerWiringTests {

	private static final String FAILING = "127.0.0.1:9091";

	private final Fixture fixture = new Fixture();

	MemberBreakerWiringTests() {
		this.fixture.protocol.answering(MemberBreakerWiringTests::answer);
		this.fixture.builder.uri("tcp://" + FAILING + ",127.0.0.1:9092,127.0.0.1:9093")
			.balancer(BalancerType.ROUND_ROBIN);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theFailingMemberIsBusyAfterFiveCallsAndShown() {
		ClientHandle<Sums> handle = this.fixture.build();
		callOften(handle);
		assertThat(busy(handle)).containsExactly(FAILING);
		assertThat(this.fixture.meters.get(MeterNames.BREAKER_OUT).gauge().value()).isOne();
	}

	@Test
	void breakersCanBeSwitchedOff() {
		this.fixture.builder.memberBreaker(MemberBreakerSettings.OFF);
		ClientHandle<Sums> handle = this.fixture.build();
		callOften(handle);
		assertThat(busy(handle)).isEmpty();
	}

	private void callOften(ClientHandle<Sums> handle) {
		for (int i = 0; i < 100; i++) {
			handle.proxy().addAsync(1, 2).exceptionally((ex) -> 0).join();
			this.fixture.time.advance(Duration.ofMillis(500));
			if (!busy(handle).isEmpty()) {
				return;
			}
		}
	}

	private static List<String> busy(ClientHandle<Sums> handle) {
		return handle.view()
			.members()
			.stream()
			.filter((member) -> member.state() == SinkState.BUSY)
			.map(MemberView::address)
			.toList();
	}

	private static void answer(Call call) {
		boolean failing = Objects.toString(call.target()).contains(FAILING);
		call.end(failing ? Failure.of(FailureKind.REMOTE, "overloaded") : Reply.of(3));
	}

}
