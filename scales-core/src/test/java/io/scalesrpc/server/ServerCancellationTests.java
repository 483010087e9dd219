package io.scalesrpc.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ServerCancellationTests {

	private final ExecutorService oneThread = Executors.newSingleThreadExecutor(new DefaultThreadFactory("one", true));

	private final PeerServer peer = new PeerServer((builder) -> builder.executor(this.oneThread));

	@AfterEach
	void close() {
		this.peer.close();
		this.oneThread.shutdown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "c2", "42" })
	void aDiscardInterruptsTheHandlerAndIsAnsweredAtOnce(String type) throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			ServerCall call = this.peer.handler.awaitSleeping();
			assertThat(call.isCancelled()).isFalse();
			assertThat(probe.write("0000000b" + type + "000000" + "000002" + "77687921").readHex())
				.isEqualTo("00000004be000002");
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
			assertThat(probe.call(2, "whoami").reply(2, "whoami")).isEqualTo(new ThriftReply.Value(1));
			assertThat(this.peer.stats().discards()).isEqualTo(1);
		}
	}

	@Test
	void aHandlerIsToldOnceWhenItsCallIsCancelled() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			ServerCall call = this.peer.handler.awaitSleeping();
			CountDownLatch told = new CountDownLatch(2);
			call.onCancel(told::countDown);
			call.onCancel(() -> {
				throw new IllegalStateException("a hook that fails");
			});
			discard(probe, 2).read();
			call.onCancel(told::countDown);
			assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aLostConnectionCancelsItsCalls() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			this.peer.handler.awaitSleeping();
		}
		assertThat(this.peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
		PeerServer.await("no calls", () -> this.peer.stats().active() == 0);
	}

	@Test
	void aHandlerThatFailsAfterItsCallerGaveUpIsNoReasonToWarn() throws InterruptedException {
		BlockingQueue<ILoggingEvent> logged = new LinkedBlockingQueue<>();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				logged.add(event);
			}
		};
		Logger logger = (Logger) LoggerFactory.getLogger("io.scalesrpc.thrift.handler.KnownMethod");
		logger.setLevel(Level.DEBUG);
		logger.addAppender(appender);
		appender.start();
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			this.peer.handler.awaitSleeping();
			discard(probe, 2).read();
			assertThat(logged.poll(10, TimeUnit.SECONDS)).extracting(ILoggingEvent::getLevel).isEqualTo(Level.DEBUG);
			probe.call(3, "failUndeclared", "mine").reply(3, "failUndeclared");
			assertThat(logged.poll(10, TimeUnit.SECONDS)).extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(null);
		}
	}

	@Test
	void aCallThatWaitsForAThreadIsDiscardedWithoutRunning() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			this.peer.handler.awaitSleeping();
			probe.call(3, "fire", "never");
			assertThat(MuxProbe.describe(discard(probe, 3).read())).isEqualTo("Rdiscarded, tag 3");
			this.peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(1));
			probe.call(4, "fire", "next").read();
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("let go");
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("next");
			assertThat(this.peer.stats().active()).isZero();
		}
	}

	@Test
	void aDiscardOfAnUnknownTagIsIgnored() {
		try (MuxProbe probe = this.peer.negotiated()) {
			discard(probe, 99);
			assertThat(MuxProbe.describe(probe.write(MuxProbe.empty(MuxType.TPING, 1)).read()))
				.isEqualTo("Rping, tag 1");
		}
	}

	@Test
	void pingsAreAnsweredWhileEveryHandlerIsBusy() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1).call(3, "sleep", 1);
			this.peer.handler.awaitSleeping();
			assertThat(MuxProbe.describe(probe.write(MuxProbe.empty(MuxType.TPING, 1)).read()))
				.isEqualTo("Rping, tag 1");
		}
	}

	/**
	 * The handler ends because of the cancellation, well before the interrupt: the
	 * interrupt must not reach the next call, which runs on the same thread.
	 */
	@Test
	void anInterruptNeverReachesTheNextCall() throws InterruptedException {
		Sequel sequel = new Sequel();
		try (PeerServer raced = new PeerServer((builder) -> builder.executor(this.oneThread).interceptor(sequel));
				MuxProbe probe = raced.negotiated()) {
			for (int round = 0; round < 5; round++) {
				probe.call(2, "ping").call(3, "whoami");
				sequel.begun.acquire();
				discard(probe, 2);
				assertThat(MuxProbe.describe(probe.read())).isEqualTo("Rdiscarded, tag 2");
				assertThat(probe.reply(3, "whoami")).isEqualTo(new ThriftReply.Value(1));
			}
		}
	}

	@Test
	void aDiscardThatRacesWithTheReplyHasOneAnswerAtMost() {
		try (MuxProbe probe = this.peer.negotiated()) {
			for (int round = 0; round < 500; round++) {
				probe.call(2, "ping");
				discard(probe, 2).call(3, "whoami");
				ByteBuf first = probe.read();
				assertThat(MuxFrame.tag(first)).isEqualTo(2);
				assertThat(probe.reply(3, "whoami")).isEqualTo(new ThriftReply.Value(1));
			}
		}
	}

	private static MuxProbe discard(MuxProbe probe, int tag) {
		return probe.write(TdiscardedCodec.encode(UnpooledByteBufAllocator.DEFAULT, tag, "enough"));
	}

	/**
	 * Ends ping when it is cancelled, then holds the cancellation up so that whoami could
	 * begin before the interrupt is sent, and waits in whoami for the interrupt. Each
	 * wait ends in vain if all is well. <em>Thread-safe</em>.
	 */
	private static final class Sequel implements ServerInterceptor {

		final Semaphore begun = new Semaphore(0);

		private final Semaphore nextBegun = new Semaphore(0);

		private final Semaphore never = new Semaphore(0);

		@Override
		public void intercept(ServerCall call, Runnable handler) throws InterruptedException {
			if (call.method().equals("ping")) {
				CountDownLatch cancelled = new CountDownLatch(1);
				call.onCancel(this::awaitNext);
				call.onCancel(cancelled::countDown);
				this.begun.release();
				while (cancelled.getCount() > 0) {
					Thread.onSpinWait();
				}
			}
			else {
				this.nextBegun.release();
				assertThat(this.never.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
				this.nextBegun.drainPermits();
			}
			handler.run();
		}

		private void awaitNext() {
			try {
				assertThat(this.nextBegun.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
