package io.scalesrpc.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.CallDetails;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ServerLimitTests {

	private static final String RESTARTABLE_NACK = "0000001dfe000003" + "02" + "0001" + "000a" + "4d75784661696c757265"
			+ "0008" + "0000000000000003";

	@Test
	void callsOverTheLimitAreNackedAsSafeToSendAgain() throws InterruptedException {
		try (PeerServer peer = new PeerServer((builder) -> builder.maxConcurrentCalls(1));
				MuxProbe probe = peer.negotiated();
				MuxProbe other = peer.negotiated()) {
			probe.call(2, "sleep", 7);
			peer.handler.awaitSleeping();
			assertThat(probe.call(3, "ping").readHex()).isEqualTo(RESTARTABLE_NACK);
			assertThat(other.call(3, "ping").readHex()).isEqualTo(RESTARTABLE_NACK);
			assertThat(other.write("000000160100000400" + "800100010000000470696e670000000000").readHex())
				.isEqualTo("00000005ff00000402");
			peer.handler.letGo.countDown();
			assertThat(probe.reply(2, "sleep")).isEqualTo(new ThriftReply.Value(7));
			assertThat(probe.call(3, "add", 1, 2).reply(3, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(peer.stats().nacks()).isEqualTo(3);
			assertThat(peer.stats().requests()).isEqualTo(5);
		}
	}

	@Test
	void requestBytesThatNoHandlerHasReadAreBounded() throws InterruptedException {
		Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
		try (PeerServer peer = new PeerServer((builder) -> builder.executor(waiting::add).maxFrameBytes(1024));
				MuxProbe probe = peer.negotiated()) {
			String text = "x".repeat(900);
			for (int tag = 2; tag < 7; tag++) {
				probe.call(tag, "echo", text);
			}
			ByteBuf nack = probe.read();
			assertThat(MuxFrame.tag(nack)).isEqualTo(6);
			assertThat(RdispatchCodec.status(nack).name()).isEqualTo("NACK");
			waiting.remove().run();
			assertThat(probe.reply(2, "echo")).isEqualTo(new ThriftReply.Value(text));
			probe.call(7, "echo", text).write(MuxProbe.empty(MuxType.TPING, 1)).read();
			waiting.forEach(Runnable::run);
			for (int tag : new int[] { 3, 4, 5, 7 }) {
				assertThat(probe.reply(tag, "echo")).isEqualTo(new ThriftReply.Value(text));
			}
		}
	}

	@Test
	void aCallThatTheExecutorRejectsIsNacked() {
		try (PeerServer peer = new PeerServer((builder) -> builder.executor((task) -> {
			throw new RejectedExecutionException("full");
		})); MuxProbe probe = peer.negotiated()) {
			assertThat(probe.call(3, "ping").readHex()).isEqualTo(RESTARTABLE_NACK);
			assertThat(probe.call(3, "ping").readHex()).isEqualTo(RESTARTABLE_NACK);
			assertThat(peer.stats().active()).isZero();
		}
	}

	@Test
	void anInterceptorRejectsWithTheFlagsOfFinagle() {
		try (PeerServer peer = new PeerServer((builder) -> builder.interceptor((call, handler) -> {
			throw call.method().equals("ping") ? RejectedCallException.retryable()
					: RejectedCallException.nonRetryable("not today");
		})); MuxProbe probe = peer.negotiated()) {
			assertThat(probe.call(3, "ping").readHex()).isEqualTo(RESTARTABLE_NACK);
			ByteBuf rejected = probe.call(4, "whoami").read();
			assertThat(RdispatchCodec.status(rejected).name()).isEqualTo("ERROR");
			assertThat(RdispatchCodec.contexts(rejected).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 6);
			assertThat(RdispatchCodec.error(rejected)).endsWith("not today");
		}
	}

	@Test
	void aFailureThatForbidsARetryIsPassedOn() {
		Failure spent = Failure.of(FailureKind.REMOTE, "out of order").withoutRetry();
		CallDetails details = new CallDetails("stock", "Stock.count", null, 3, Duration.ZERO, Duration.ofSeconds(1));
		try (PeerServer peer = new PeerServer((builder) -> builder.interceptor((call, handler) -> {
			throw new IllegalStateException("no stock", ScalesException.of(spent, details, false));
		})); MuxProbe probe = peer.negotiated()) {
			ByteBuf answer = probe.call(3, "ping").read();
			assertThat(RdispatchCodec.status(answer).name()).isEqualTo("ERROR");
			assertThat(RdispatchCodec.contexts(answer).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 4);
			assertThat(RdispatchCodec.error(answer)).isEqualTo("java.lang.IllegalStateException: no stock");
		}
	}

	@Test
	void anInterceptorThatForgetsTheHandlerIsAnError() {
		try (PeerServer peer = new PeerServer((builder) -> builder.interceptor((call, handler) -> {
		})); MuxProbe probe = peer.negotiated()) {
			assertThat(RdispatchCodec.error(probe.call(3, "ping").read())).contains("neither invoked the handler");
		}
	}

	@Test
	void aRequestOverTheFrameLimitIsRefusedAndItsConnectionGoesOn() {
		try (PeerServer peer = new PeerServer((builder) -> builder.maxFrameBytes(1024));
				MuxProbe probe = peer.negotiated()) {
			ByteBuf refused = probe.call(2, "echo", "x".repeat(1000)).read();
			assertThat(RdispatchCodec.contexts(refused).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 6);
			assertThat(RdispatchCodec.error(refused))
				.isEqualTo("request over a limit of the server, message size: 1034 (expected: <= 1024)");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	/** 32 MB of replies are more than all buffers between the two can hold. */
	@Test
	void aClientThatDoesNotReadIsNotReadFromUntilItDoes() throws InterruptedException {
		int calls = 1000;
		byte[] payload = new byte[32 * 1024];
		try (PeerServer peer = new PeerServer((builder) -> builder.maxWriteQueueBytes(64 * 1024));
				MuxProbe probe = peer.negotiated();
				MuxProbe other = peer.negotiated()) {
			Thread writer = new Thread(() -> {
				for (int tag = 2; tag < 2 + calls; tag++) {
					probe.call(tag, "echoBytes", ByteBuffer.wrap(payload));
				}
			}, "probe-writer");
			writer.start();
			PeerServer.await("a stalled connection", () -> peer.stats().stalled() == 1);
			writer.join(TimeUnit.MILLISECONDS.toMillis(500));
			assertThat(writer.isAlive()).isTrue();
			assertThat(peer.stats().requests()).isLessThan(calls);
			assertThat(other.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			Set<Integer> answered = new HashSet<>();
			for (int i = 0; i < calls; i++) {
				ByteBuf reply = probe.read();
				assertThat(RdispatchCodec.status(reply).name()).isIn("OK", "NACK");
				answered.add(MuxFrame.tag(reply));
			}
			writer.join();
			assertThat(answered).hasSize(calls);
			PeerServer.await("no stalled connection", () -> peer.stats().stalled() == 0);
		}
	}

}
