package io.scalesrpc.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoop;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.ChannelOpener.LoopRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class LoopRunsTests {

	private final EventLoops loops = EventLoops.create("scales-test-runs", 2);

	private final LoopRuns runs = new LoopRuns();

	@AfterEach
	void close() {
		assertThat(this.loops.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void aRunIsOnOneLoop() {
		List<EventLoop> given = run();
		assertThat(given).containsOnly(given.get(0));
	}

	@Test
	void manyChannelsAreSpreadEvenly() {
		List<EventLoop> first = run();
		List<EventLoop> second = run();
		assertThat(second).doesNotContainAnyElementsOf(first);
		assertThat(run()).isEqualTo(first);
		assertThat(run()).isEqualTo(second);
	}

	@Test
	void clientsBeginWithLoopsOfTheirOwn() {
		EventLoop other = new LoopRuns().next(this.loops.group());
		assertThat(run()).doesNotContain(other);
	}

	private List<EventLoop> run() {
		List<EventLoop> given = new ArrayList<>();
		for (int i = 0; i < LoopRuns.LENGTH; i++) {
			given.add(this.runs.next(this.loops.group()));
		}
		return given;
	}

}
