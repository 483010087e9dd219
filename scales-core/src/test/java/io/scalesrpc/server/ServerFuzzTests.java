package io.scalesrpc.server;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.call.Context;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ServerFuzzTests {

	private static final int CONNECTIONS = 400;

	private final Random random = new Random(20261121);

	@Test
	void noBytesHarmAnotherConnectionOrStay() {
		try (PeerServer peer = new PeerServer((builder) -> builder.maxFrameBytes(64 * 1024).maxConcurrentCalls(50));
				MuxProbe good = peer.negotiated()) {
			for (int i = 0; i < CONNECTIONS; i++) {
				throwBytes(peer, (i % 3 == 0) ? garbage() : mutated());
				assertThat(good.call(2, "add", i, 1).reply(2, "add")).isEqualTo(new ThriftReply.Value(i + 1));
			}
			PeerServer.await("one connection", () -> peer.stats().connections() == 1);
			PeerServer.await("no calls", () -> peer.stats().active() == 0);
			assertThat(peer.stats().protocolErrors()).isGreaterThan(CONNECTIONS / 4);
		}
	}

	private void throwBytes(PeerServer peer, byte[] bytes) {
		try (MuxProbe bad = peer.connect()) {
			if (this.random.nextBoolean()) {
				bad.write(MuxProbe.MARKER + MuxProbe.TINIT);
			}
			int cut = this.random.nextInt(bytes.length);
			bad.write(Unpooled.copiedBuffer(bytes, 0, cut));
			bad.write(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
			if (this.random.nextBoolean()) {
				bad.endOutput();
				while (!bad.isClosedByServer()) {
					continue;
				}
			}
		}
		catch (UncheckedIOException ex) {
			// The server has closed the connection before all was written, as it should.
			assertThat(ex.getCause()).isInstanceOf(SocketException.class);
		}
	}

	private byte[] garbage() {
		byte[] bytes = new byte[1 + this.random.nextInt(4096)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	/** Frames that are right but for a few bytes. */
	private byte[] mutated() {
		byte[] bytes = Stream
			.of(frame(MuxProbe.request(2, Context.empty(), "echo", "hello")),
					frame(MuxProbe.request(3, Context.empty().with("a", new byte[20]), "fail", 1, "no")),
					"0000000b42000000000002776879", "0000000441000007", "0000001601000002008001000100000004",
					frame(MuxProbe.request(4, Context.empty(), "contexts")), "00000004c0000001")
			.map(ByteBufUtil::decodeHexDump)
			.reduce(new byte[0], (left, right) -> ByteBufUtil.getBytes(Unpooled.wrappedBuffer(left, right)));
		for (int flips = this.random.nextInt(6); flips >= 0; flips--) {
			bytes[this.random.nextInt(bytes.length)] = (byte) List.of(0, 1, 0x7f, 0x80, 0xff, this.random.nextInt(256))
				.get(this.random.nextInt(6))
				.intValue();
		}
		return bytes;
	}

	private static String frame(ByteBuf frame) {
		try {
			return ByteBufUtil.hexDump(frame);
		}
		finally {
			frame.release();
		}
	}

}
