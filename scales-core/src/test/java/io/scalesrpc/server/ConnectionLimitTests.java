package io.scalesrpc.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.server.limit.CallLimiter;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What connections may take from a server, and for how long.
 */
@Sockets
class ConnectionLimitTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private static PeerServer server(ConnectionLimits limits) {
		return new PeerServer((builder) -> builder.connections(limits));
	}

	@Test
	void aConnectionThatSaysNothingIsClosed() {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withHandshakeTimeout(Duration.ofSeconds(1)));
				MuxProbe mute = peer.connect();
				MuxProbe half = peer.connect();
				MuxProbe good = peer.negotiated()) {
			assertThat(half.write(MuxProbe.MARKER).readHex()).isEqualTo(MuxProbe.MARKER);
			assertThat(mute.isClosedByServer()).isTrue();
			assertThat(half.isClosedByServer()).isTrue();
			assertThat(good.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void anIdleConnectionIsDrainedAndOneThatPingsIsNot() {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withIdleTimeout(Duration.ofMillis(300)));
				MuxProbe idle = peer.negotiated();
				MuxProbe pinging = peer.negotiated()) {
			Thread pings = new Thread(() -> {
				for (int i = 0; i < 20; i++) {
					pinging.write(MuxProbe.empty(MuxType.TPING, 1)).readHex();
					PeerServer.pause(Duration.ofMillis(50));
				}
			}, "pings");
			pings.start();
			assertThat(MuxProbe.describe(idle.read())).isEqualTo("Tdrain, tag 1");
			idle.write(MuxProbe.empty(MuxType.RDRAIN, 1));
			assertThat(idle.isClosedByServer()).isTrue();
			join(pings);
			assertThat(pinging.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void aConnectionWithARunningCallIsNotIdle() throws InterruptedException {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withIdleTimeout(SHORT));
				MuxProbe probe = peer.negotiated()) {
			probe.call(2, "sleep", 7);
			peer.handler.awaitSleeping();
			PeerServer.pause(SHORT.multipliedBy(4));
			peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(7));
			assertThat(MuxProbe.describe(probe.read())).isEqualTo("Tdrain, tag 1");
		}
	}

	/** 8 MB are more than the buffers between the two hold. */
	@Test
	void aClientThatDoesNotReadAtAllIsClosed() {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withIdleTimeout(SHORT));
				MuxProbe probe = peer.negotiated()) {
			probe.call(2, "echoBytes", ByteBuffer.wrap(new byte[8_000_000]));
			PeerServer.await("no connections", () -> peer.stats().connections() == 0);
		}
	}

	@Test
	void anOldConnectionIsDrained() {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withMaxAge(SHORT)); MuxProbe probe = peer.negotiated()) {
			ByteBuf drain = probe.read();
			assertThat(MuxProbe.describe(drain)).isEqualTo("Tdrain, tag 1");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			probe.write(MuxProbe.empty(MuxType.RDRAIN, 1));
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void connectionsOfOneMomentDoNotEndTogether() {
		Set<Long> ages = new TreeSet<>();
		for (int number = 0; number < 100; number++) {
			ages.add(SessionTimes.age(Duration.ofHours(1), number));
		}
		assertThat(ages).hasSize(100)
			.allSatisfy((age) -> assertThat(Duration.ofNanos(age)).isBetween(Duration.ofMinutes(54),
					Duration.ofMinutes(66)));
	}

	@Test
	void oneConnectionTooManyIsClosedAtOnce() {
		try (PeerServer peer = server(ConnectionLimits.DEFAULT.withMaxConnections(2));
				MuxProbe first = peer.negotiated();
				MuxProbe second = peer.negotiated()) {
			try (MuxProbe third = peer.connect()) {
				assertThat(third.isClosedByServer()).isTrue();
			}
			assertThat(peer.stats().refusedConnections()).isEqualTo(1);
			assertThat(second.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			first.endOutput();
			PeerServer.await("one connection", () -> peer.stats().connections() == 1);
			try (MuxProbe another = peer.negotiated()) {
				assertThat(another.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			}
		}
	}

	@Test
	void oneConnectionLeavesCallsToOthers() {
		Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
		try (PeerServer peer = new PeerServer((builder) -> builder.maxConcurrentCalls(16).executor(waiting::add));
				MuxProbe greedy = peer.negotiated();
				MuxProbe modest = peer.negotiated()) {
			for (int tag = 2; tag < 18; tag++) {
				greedy.call(tag, "ping");
			}
			for (int i = 0; i < 4; i++) {
				assertThat(RdispatchCodec.status(greedy.read()).name()).isEqualTo("NACK");
			}
			modest.call(2, "ping").write(MuxProbe.empty(MuxType.TPING, 1));
			assertThat(MuxFrame.type(modest.read())).isEqualTo(MuxType.RPING);
			assertThat(peer.stats().active()).isEqualTo(13);
			waiting.forEach(Runnable::run);
			assertThat(modest.reply(2, "ping")).isEqualTo(new ThriftReply.Value(null));
			assertThat(peer.stats().active()).isZero();
		}
	}

	@Test
	void theShareOfAConnectionShrinksAsOthersCome() {
		CallLimiter limiter = new CallLimiter(256, 0, Long.MAX_VALUE);
		AtomicInteger first = new AtomicInteger();
		AtomicInteger second = new AtomicInteger();
		while (limiter.tryTake(1, first)) {
			limiter.giveBackBytes(1);
		}
		assertThat(first).hasValue(192);
		while (limiter.tryTake(1, second)) {
			limiter.giveBackBytes(1);
		}
		assertThat(second).hasValue(48);
	}

	@Test
	void connectionsThatComeTogetherShareAlikeAndLeaveSome() {
		CallLimiter limiter = new CallLimiter(256, 0, Long.MAX_VALUE);
		AtomicInteger first = new AtomicInteger();
		AtomicInteger second = new AtomicInteger();
		while (limiter.tryTake(1, second) | limiter.tryTake(1, first)) {
			limiter.giveBackBytes(1);
		}
		assertThat(List.of(first.get(), second.get())).allSatisfy((calls) -> assertThat(calls).isBetween(109, 110));
	}

	@Test
	void aFixedShareIsWhatItSays() {
		CallLimiter limiter = new CallLimiter(10, 4, Long.MAX_VALUE);
		AtomicInteger own = new AtomicInteger();
		for (int i = 0; i < 4; i++) {
			assertThat(limiter.tryTake(1, own)).isTrue();
		}
		assertThat(limiter.tryTake(1, own)).isFalse();
		assertThat(limiter.tryTake(1, new AtomicInteger())).isTrue();
	}

	/** 10 x 1 MB, of which the buffers between the two hold less than the half. */
	@Test
	void aReplyForWhichUnreadOnesLeaveNoRoomIsAnErrorAndNoMore() {
		Gate gate = new Gate(10);
		try (PeerServer peer = new PeerServer((builder) -> builder.maxUnreadBytes(5_500_000).interceptor(gate));
				MuxProbe probe = peer.negotiated()) {
			for (int tag = 2; tag < 12; tag++) {
				probe.call(tag, "echoBytes", ByteBuffer.wrap(new byte[1_000_000]));
			}
			PeerServer.await("replies dropped", () -> peer.stats().failures() >= 1);
			int dropped = 0;
			for (int i = 0; i < 10; i++) {
				ByteBuf reply = probe.read();
				if (RdispatchCodec.status(reply).name().equals("ERROR")) {
					dropped++;
					assertThat(RdispatchCodec.error(reply))
						.startsWith("reply dropped by the server: bytes of replies that clients have not read: ");
					assertThat(RdispatchCodec.contexts(reply).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0,
							4);
				}
			}
			assertThat(dropped).isBetween(1, 5);
			assertThat(peer.stats().failures()).isEqualTo(dropped);
			ByteBuf again = probe.call(2, "echoBytes", ByteBuffer.wrap(new byte[5_000_000])).read();
			assertThat(RdispatchCodec.status(again).name()).as("all was given back").isEqualTo("OK");
		}
	}

	@Test
	void limitsThatAreNoneAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectionLimits.DEFAULT.withMaxConnections(0))
			.withMessage("maxConnections: 0 (expected: >= 1)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ConnectionLimits.DEFAULT.withIdleTimeout(Duration.ofNanos(5)))
			.withMessage("idleTimeout: PT0.000000005S (expected: 0, or 1 ms to 365 days)");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftMuxServer.builder().maxUnreadBytes(3))
			.withMessage("maxUnreadBytes: 3 (expected: >= 1024)");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftMuxServer.builder().maxUnfinishedBytes(3))
			.withMessage("maxUnfinishedBytes: 3 (expected: >= 1024)");
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
