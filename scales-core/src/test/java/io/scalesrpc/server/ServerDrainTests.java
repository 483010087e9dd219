package io.scalesrpc.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import io.scalesrpc.transport.EventLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ServerDrainTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final PeerServer peer = new PeerServer();

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void aDrainedSessionEndsItsCallsAndNacksNewOnes() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			CompletableFuture<Void> closed = this.peer.server.close(LONG).toCompletableFuture();
			assertThat(probe.readHex()).isEqualTo("0000000440000001");
			assertThat(probe.call(3, "add", 1, 2).reply(3, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(probe.write("00000004c0000001").call(4, "ping").readHex()).isEqualTo("00000007fe000004020000");
			assertThat(MuxProbe.describe(probe.write(MuxProbe.empty(MuxType.TPING, 1)).read()))
				.isEqualTo("Rping, tag 1");
			assertThat(closed).isNotDone();
			this.peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(7));
			assertThat(probe.isClosedByServer()).isTrue();
		}
		assertThat(this.peer.stats().nacks()).isEqualTo(1);
	}

	@Test
	void closingEndsOnceTheLastSessionHasGone() throws Exception {
		CompletableFuture<Void> closed;
		try (MuxProbe probe = this.peer.negotiated()) {
			closed = this.peer.server.close(LONG).toCompletableFuture();
			probe.read();
			probe.write("00000004c0000001");
			assertThat(probe.isClosedByServer()).isTrue();
		}
		closed.get(10, TimeUnit.SECONDS);
		assertThat(this.peer.stats().connections()).isZero();
	}

	@Test
	void aShorterGraceTakesEffectLater() throws Exception {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			CompletableFuture<Void> closed = this.peer.server.close(LONG).toCompletableFuture();
			probe.read();
			assertThat(closed).isNotDone();
			this.peer.server.close(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
			closed.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void anInterruptEndsTheWaitingAndNotTheClosing() throws Exception {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			Thread.currentThread().interrupt();
			this.peer.server.close();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(this.peer.server.close(Duration.ZERO).toCompletableFuture())
				.succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void anEventLoopIsNotWaitedOn() throws Exception {
		EventLoops loops = EventLoops.create("scales-io-test", 1);
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			loops.group().next().submit(() -> this.peer.server.close()).get(5, TimeUnit.SECONDS);
			this.peer.server.close(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
		finally {
			loops.close(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void anRdrainWithAnotherTagIsUnexpected() {
		try (MuxProbe probe = this.peer.negotiated()) {
			this.peer.server.close(LONG);
			probe.read();
			assertThat(MuxProbe.describe(probe.write("00000004c0000002").read())).isEqualTo("Rerr, tag 2");
			probe.write("00000004c0000001");
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void aSessionThatDidNotNegotiateIsNotSentATdrain() throws InterruptedException {
		try (MuxProbe probe = this.peer.connect()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			this.peer.server.close(LONG);
			awaitNack(probe);
			this.peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(7));
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	private static void awaitNack(MuxProbe probe) {
		ByteBuf answer;
		do {
			answer = probe.call(3, "ping").read();
		}
		while (RdispatchCodec.status(answer).name().equals("OK"));
		assertThat(RdispatchCodec.status(answer).name()).isEqualTo("NACK");
	}

	@Test
	void whatIsLeftAtTheEndOfTheGraceIsClosedByForce() throws Exception {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 7);
			this.peer.handler.awaitSleeping();
			this.peer.server.close(Duration.ofMillis(50)).toCompletableFuture().get(10, TimeUnit.SECONDS);
			probe.read();
			assertThat(probe.isClosedByServer()).isTrue();
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
		}
	}

	@Test
	void closingTwiceIsClosingOnce() {
		CompletableFuture<Void> first = this.peer.server.close(Duration.ZERO).toCompletableFuture();
		this.peer.server.close();
		// The second waiter may be told before the first.
		assertThat(first).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void aServerThatWasNeverStartedIsClosedToo() {
		ThriftMuxServer never = ThriftMuxServer.builder().service("peer", PeerService.class, this.peer.handler).build();
		never.close();
	}

	@Test
	void sharedEventLoopsOutliveTheServer() throws Exception {
		EventLoops loops = EventLoops.create("scales-shared", 1);
		try {
			new PeerServer((builder) -> builder.eventLoops(loops)).close();
			try (PeerServer next = new PeerServer((builder) -> builder.eventLoops(loops));
					MuxProbe probe = next.negotiated()) {
				assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			}
		}
		finally {
			loops.close(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
	}

}
