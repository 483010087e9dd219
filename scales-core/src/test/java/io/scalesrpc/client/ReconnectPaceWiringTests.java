package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.ConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of two groups, the first of which comes back. <em>Confined to the test's
 * thread.</em>
 */
@Sockets
class ReconnectPaceWiringTests {

	private final Set<Integer> down = ConcurrentHashMap.newKeySet();

	private final List<Long> connects = new CopyOnWriteArrayList<>();

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void membersThatComeBackTogetherAreConnectedToInTurn() {
		this.down.addAll(Set.of(1, 2, 3));
		this.fixture.builder.uri("tcp://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3 || tcp://127.0.0.1:4,127.0.0.1:5")
			.protocol(new Refusing());
		Sums client = this.fixture.client();
		call(client, 100);
		this.down.clear();
		this.connects.clear();
		call(client, 100);
		assertThat(this.connects).hasSize(3);
		List<Long> sorted = new ArrayList<>(new TreeSet<>(this.connects));
		for (int i = 1; i < 3; i++) {
			assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThan(Duration.ofMillis(500).toNanos());
		}
	}

	/** A call every tenth of a second. */
	private void call(Sums client, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(client.addAsync(1, 2).join()).isEqualTo(3);
			this.fixture.time.advance(Duration.ofMillis(100));
		}
	}

	/** Whose members refuse to be connected to while they are down. */
	private final class Refusing extends FakeProtocol {

		@Override
		public ConnectionFactory connections(ProtocolEnvironment environment) {
			answering((call) -> call.end(Reply.of(3)));
			ConnectionFactory opening = super.connections(environment);
			return (member, listener) -> {
				if (ReconnectPaceWiringTests.this.down.contains(member.port())) {
					listener.failed(Failure.of(FailureKind.NOT_SENT, "refused"));
				}
				else {
					ReconnectPaceWiringTests.this.connects.add(ReconnectPaceWiringTests.this.fixture.time.nanos());
					opening.open(member, listener);
				}
			};
		}

	}

}
