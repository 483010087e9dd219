package io.scalesrpc.client.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.LazyTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class InPlaceDeliveryTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(InPlaceDelivery.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final FakeTime time = new FakeTime();

	private final Deque<Runnable> loops = new ArrayDeque<>();

	private final InPlaceDelivery delivery = new InPlaceDelivery("calculator", this.time, this.loops::add);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void aSlowCallbackIsLogged() {
		this.delivery.deliver(() -> this.time.advance(Duration.ofMillis(51)));
		assertThat(this.log.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("[calculator] a callback took 51 ms on " + Thread.currentThread().getName());
	}

	@Test
	void whatTheTimerEndedCompletesOnAnEventLoop() {
		CompletableFuture<Integer> delivered = new CompletableFuture<>();
		try (LazyTimer timer = new LazyTimer("scales-test-timer", Ticker.SYSTEM)) {
			List<String> ran = new CopyOnWriteArrayList<>();
			timer.schedule(() -> {
				this.delivery.deliver(() -> ran.add("ran"));
				delivered.complete(ran.size());
			}, 0, TimeUnit.MILLISECONDS);
			assertThat(delivered).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(0);
			this.loops.remove().run();
			assertThat(ran).containsExactly("ran");
		}
	}

	@Test
	void aCallbackLeavesNothingOnAnEventLoopAndTakesNothingFromACaller() {
		try (ClientLoop loop = new ClientLoop()) {
			assertThat(loop.findsAfter(this.delivery)).isEqualTo("false null");
		}
		this.delivery.deliver(() -> Thread.currentThread().interrupt());
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void aQuickCallbackIsNotLogged() {
		this.delivery.deliver(() -> this.time.advance(Duration.ofMillis(50)));
		assertThat(this.log.list).isEmpty();
	}

	/** An event loop of a client. <em>Immutable</em>. */
	private record ClientLoop(EventLoops loops) implements AutoCloseable {

		ClientLoop() {
			this(EventLoops.create("scales-test-io", 1));
		}

		/** What a callback leaves on the loop. */
		String findsAfter(InPlaceDelivery delivery) {
			return this.loops.group().submit(() -> {
				delivery.deliver(() -> {
					Thread.currentThread().interrupt();
					InboundRequest.current(new InboundRequest(null, 1));
				});
				return Thread.currentThread().isInterrupted() + " " + InboundRequest.current();
			}).syncUninterruptibly().getNow();
		}

		@Override
		public void close() {
			this.loops.close(Duration.ZERO).toCompletableFuture().join();
		}

	}

}
