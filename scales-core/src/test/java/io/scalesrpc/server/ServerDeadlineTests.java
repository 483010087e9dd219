package io.scalesrpc.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.mux.finagle.RetriesContext;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import io.scalesrpc.time.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ServerDeadlineTests {

	private static final String PASSED = "the deadline of the request has passed";

	@Test
	void theThreadOfAHandlerServesItsRequestAndNoneAfterwards() {
		CompletableFuture<InboundRequest> seen = new CompletableFuture<>();
		Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
		try (PeerServer peer = new PeerServer((builder) -> builder.executor(tasks::add).interceptor((call, handler) -> {
			seen.complete(InboundRequest.current());
			handler.run();
		})); MuxProbe probe = peer.negotiated()) {
			Context contexts = deadline(Duration.ofMinutes(10)).with(RetriesContext.KEY,
					new RetriesContext(2).encode());
			probe.write(MuxProbe.request(2, contexts, "ping"));
			PeerServer.await("a task", () -> !tasks.isEmpty());
			tasks.remove().run();
			assertThat(InboundRequest.current()).isNull();
			assertThat(probe.reply(2, "ping")).isEqualTo(new ThriftReply.Value(null));
		}
		Deadline deadline = seen.join().deadline();
		assertThat(deadline).isNotNull();
		assertThat(deadline.timeoutNanos()).isEqualTo(Duration.ofMinutes(10).toNanos());
		assertThat(deadline.elapsedNanos(Ticker.SYSTEM.nanos())).isBetween(0L, Duration.ofMinutes(1).toNanos());
		assertThat(seen.join().attempt()).isEqualTo(2);
	}

	@Test
	void aHandlerIsInterruptedWhenItsDeadlinePassesThoughTheClientIsSilent() throws InterruptedException {
		try (PeerServer peer = new PeerServer(); MuxProbe probe = peer.negotiated()) {
			probe.write(MuxProbe.request(2, deadline(Duration.ofMillis(30)), "sleep", 1));
			assertThat(peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
			ByteBuf answer = probe.read();
			assertThat(RdispatchCodec.error(answer)).isEqualTo(PASSED);
			assertThat(RdispatchCodec.contexts(answer).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 4);
			assertThat(peer.stats().expired()).isEqualTo(1);
			assertThat(probe.call(2, "whoami").reply(2, "whoami")).isEqualTo(new ThriftReply.Value(1));
		}
	}

	@Test
	void theDiscardOfACallThatHasExpiredIsAnsweredAsAnyOther() throws InterruptedException {
		try (PeerServer peer = new PeerServer(); MuxProbe probe = peer.negotiated()) {
			probe.write(MuxProbe.request(2, deadline(Duration.ofMillis(30)), "sleep", 1));
			peer.handler.awaitEnded();
			probe.write(TdiscardedCodec.encode(UnpooledByteBufAllocator.DEFAULT, 2, "timed out"));
			assertThat(MuxProbe.describe(probe.read())).isEqualTo("Rdiscarded, tag 2");
			assertThat(MuxProbe.describe(probe.write(MuxProbe.empty(MuxType.TPING, 1)).read()))
				.isEqualTo("Rping, tag 1");
		}
	}

	@Test
	void aCallWhoseDeadlinePassesWhileItWaitsForAThreadIsNeverHandled() {
		Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
		try (PeerServer peer = new PeerServer((builder) -> builder.executor(tasks::add));
				MuxProbe probe = peer.negotiated()) {
			probe.write(MuxProbe.request(2, deadline(Duration.ofMillis(20)), "fire", "never"));
			ByteBuf answer = probe.read();
			assertThat(RdispatchCodec.error(answer)).isEqualTo(PASSED);
			assertThat(RdispatchCodec.contexts(answer).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 6);
			tasks.remove().run();
			assertThat(peer.handler.ended).isEmpty();
			assertThat(peer.stats().active()).isZero();
		}
	}

	@Test
	void anAnswerInTimeIsTheOnlyOne() {
		try (PeerServer peer = new PeerServer(); MuxProbe probe = peer.negotiated()) {
			for (int round = 0; round < 200; round++) {
				probe.write(MuxProbe.request(2, deadline(Duration.ofMillis(200)), "whoami"));
				assertThat(probe.reply(2, "whoami")).isEqualTo(new ThriftReply.Value(1));
			}
			assertThat(peer.stats().expired()).isZero();
		}
	}

	@Test
	void aServerThatOnlyTellsLetsTheHandlerDecide() throws InterruptedException {
		try (PeerServer peer = new PeerServer((builder) -> builder.deadlines(DeadlinePolicy.TELL));
				MuxProbe probe = peer.negotiated()) {
			probe.write(MuxProbe.request(2, deadline(Duration.ofMillis(10)), "sleep", 7));
			ServerCall call = peer.handler.awaitSleeping();
			PeerServer.await("a deadline that has passed", () -> Objects.requireNonNull(call.remaining()).isNegative());
			assertThat(call.isCancelled()).isFalse();
			peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(7));
		}
	}

	@Test
	void byTheClockACallThatComesTooLateIsRefusedWithoutAThread() {
		Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
		try (PeerServer peer = new PeerServer(
				(builder) -> builder.executor(tasks::add).deadlines(DeadlinePolicy.ENFORCE_BY_CLOCK));
				MuxProbe probe = peer.negotiated()) {
			long sent = DeadlineContext.epochNanos(Instant.now().minusSeconds(60));
			Context contexts = Context.empty()
				.with(DeadlineContext.KEY, DeadlineContext.in(sent, 10_000_000_000L).encode());
			ByteBuf answer = probe.write(MuxProbe.request(2, contexts, "ping")).read();
			assertThat(RdispatchCodec.error(answer)).isEqualTo(PASSED);
			assertThat(tasks).isEmpty();
			assertThat(peer.stats().expired()).isEqualTo(1);
		}
	}

	private static Context deadline(Duration left) {
		long now = DeadlineContext.epochNanos(Instant.now());
		return Context.empty().with(DeadlineContext.KEY, DeadlineContext.in(now, left.toNanos()).encode());
	}

}
