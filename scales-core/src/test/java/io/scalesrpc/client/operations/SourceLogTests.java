package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.call.Reply;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.Fixture;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.Sums;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.log.LogLines;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class SourceLogTests {

	private final Fixture fixture = new Fixture();

	private final LogLines log = LogLines.of("registered");

	private volatile SourceStatus status = SourceStatus.CURRENT;

	@AfterEach
	void close() {
		this.fixture.close();
		this.log.close();
	}

	@Test
	void aSourceThatIsLostAndBackIsToldOnceEach() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		try (ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.name("registered")
			.serverSet(new Registry())
			.protocol(this.fixture.protocol)
			.resources(this.fixture.resources)
			.build()) {
			for (int second = 0; second < 30; second++) {
				boolean lost = second >= 10 && second < 20;
				this.status = lost ? new SourceStatus(Duration.ofSeconds(second - 9), "connection lost\nall is well", 0)
						: SourceStatus.CURRENT;
				handle.proxy().addAsync(1, 2).join();
				handle.proxy().addAsync(1, 2).join();
				this.fixture.time.advance(Duration.ofSeconds(1));
			}
		}
		assertThat(this.log.lines()).hasSize(3)
			.contains(
					"WARN [registered] the source of members does not answer, members stay as they are: the registry:"
							+ " connection lost?all is well",
					"INFO [registered] the source of members answers again, after 10 s: the registry");
	}

	/** One member, and a status. */
	private final class Registry implements ServerSet {

		@Override
		public void watch(Consumer<List<Member>> watcher) {
			watcher.accept(List.of(Member.of("127.0.0.1", 9090)));
		}

		@Override
		public SourceStatus status() {
			return SourceLogTests.this.status;
		}

		@Override
		public void close() {
			// Holds nothing.
		}

		@Override
		public String toString() {
			return "the registry";
		}

	}

}
