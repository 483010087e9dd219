package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops that are made when somebody asks for them.
 */
@Sockets
class LazyEventLoopsTests {

	@Test
	void thoseThatNobodyAskedForAreClosedAtOnce() {
		EventLoops loops = EventLoops.create("unused", 1);
		assertThat(loops.close(Duration.ofSeconds(10)).toCompletableFuture()).isDone();
	}

	@Test
	void everybodyGetsTheSame() throws Exception {
		EventLoops loops = EventLoops.create("used", 1);
		EventLoopGroup group = loops.group();
		assertThat(loops.group()).isSameAs(group);
		loops.close(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
		assertThat(group.isShutdown()).isTrue();
	}

	@Test
	void whoAsksAfterTheEndGetsNoneThatRuns() {
		EventLoops loops = EventLoops.create("late", 1);
		loops.close(Duration.ZERO);
		EventLoopGroup late = loops.group();
		assertThat(late.isShuttingDown()).isTrue();
		assertThat(late.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
	}

}
