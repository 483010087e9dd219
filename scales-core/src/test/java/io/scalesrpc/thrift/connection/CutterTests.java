package io.scalesrpc.thrift.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.Samples;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Where messages end, however the stream is cut. */
class CutterTests {

	private static final int MAX_BYTES = 1 << 24;

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void bareMessagesComeOutWholeHoweverTheyAreCut(ThriftEncoding encoding) {
		cutAtRandom(encoding, ThriftTransport.BUFFERED);
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void framedMessagesComeOutWholeHoweverTheyAreCut(ThriftEncoding encoding) {
		cutAtRandom(encoding, ThriftTransport.FRAMED);
	}

	private static void cutAtRandom(ThriftEncoding encoding, ThriftTransport transport) {
		List<byte[]> messages = messages(encoding);
		byte[] stream = stream(messages, transport);
		for (int seed = 0; seed < 60; seed++) {
			Random random = new Random(seed);
			int most = 1 + random.nextInt((seed % 2 == 0) ? 3 : 2000);
			List<byte[]> cut = cut(stream, cutter(encoding, transport), () -> 1 + random.nextInt(most));
			assertThat(cut).usingElementComparator(Arrays::compare).containsExactlyElementsOf(messages);
		}
	}

	private static List<byte[]> cut(byte[] stream, MessageCutter cutter, IntSupplier piece) {
		List<byte[]> cut = new ArrayList<>();
		ByteBuf in = Unpooled.buffer();
		for (int at = 0; at < stream.length;) {
			int length = Math.min(piece.getAsInt(), stream.length - at);
			in.writeBytes(stream, at, length);
			at += length;
			for (ByteBuf message = cutter.next(in); message != null; message = cutter.next(in)) {
				cut.add(ByteBufUtil.getBytes(message));
			}
			in.discardReadBytes();
		}
		assertThat(in.readableBytes()).isZero();
		return cut;
	}

	/** Going through it again with every piece would take far longer. */
	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void aLargeMessageInSmallPiecesIsGoneThroughOnce(ThriftEncoding encoding) {
		byte[] message = message(encoding, PeerService.class, "big", Samples.big(20_000));
		long start = System.nanoTime();
		List<byte[]> cut = cut(message, cutter(encoding, ThriftTransport.BUFFERED), () -> 64);
		assertThat(cut).hasSize(1);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
	}

	/** Nothing hangs, and nothing but the expected exception comes out. */
	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void brokenMessagesEndOrAreRefused(ThriftEncoding encoding) {
		byte[] message = message(encoding, Calculator.class, "everything", Samples.everything());
		Random random = new Random(7);
		for (int i = 0; i < 5000; i++) {
			byte[] broken = message.clone();
			for (int j = random.nextInt(4); j >= 0; j--) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
			}
			assertThatNoException().isThrownBy(() -> tryToCut(encoding, broken));
		}
	}

	private static void tryToCut(ThriftEncoding encoding, byte[] broken) {
		try {
			ByteBuf message = cutter(encoding, ThriftTransport.BUFFERED).next(Unpooled.wrappedBuffer(broken));
			assertThat(message == null || message.readableBytes() <= broken.length).isTrue();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("expected");
		}
	}

	@Test
	void aDeclaredSizeBeyondTheLimitIsRefusedBeforeItComes() {
		MessageCutter cutter = cutter(ThriftEncoding.BINARY, ThriftTransport.BUFFERED);
		ByteBuf in = Unpooled.buffer().writeInt(0x80010002).writeInt(Integer.MAX_VALUE);
		assertThatIllegalArgumentException().isThrownBy(() -> cutter.next(in)).withMessageStartingWith("message size");
	}

	@Test
	void nestingHasALimit() {
		ByteBuf in = Unpooled.buffer().writeInt(0x80010002).writeInt(0).writeInt(1);
		for (int i = 0; i < 300; i++) {
			in.writeByte(12).writeShort(1);
		}
		MessageCutter cutter = cutter(ThriftEncoding.BINARY, ThriftTransport.BUFFERED);
		assertThatIllegalArgumentException().isThrownBy(() -> cutter.next(in)).withMessageStartingWith("nesting");
	}

	private static MessageCutter cutter(ThriftEncoding encoding, ThriftTransport transport) {
		return new ThriftConnectionCodec(new ThriftCodec(encoding, MAX_BYTES, 64), transport).cutter();
	}

	private static List<byte[]> messages(ThriftEncoding encoding) {
		return List.of(message(encoding, PeerService.class, "echo", "[{\"\\\u00e4"),
				message(encoding, Calculator.class, "everything", Samples.everything()),
				message(encoding, PeerService.class, "ping"),
				message(encoding, PeerService.class, "big", Samples.big(20)),
				message(encoding, PeerService.class, "add", -1, Integer.MAX_VALUE));
	}

	private static byte[] message(ThriftEncoding encoding, Class<?> service, String method,
			@Nullable Object... arguments) {
		ByteBuf out = Unpooled.buffer();
		ThriftService.of(service).method(method).writeCall(out, 300, arguments, ThriftCodec.of(encoding));
		return ByteBufUtil.getBytes(out);
	}

	private static byte[] stream(List<byte[]> messages, ThriftTransport transport) {
		ByteBuf stream = Unpooled.buffer();
		for (byte[] message : messages) {
			if (transport == ThriftTransport.FRAMED) {
				stream.writeInt(message.length);
			}
			stream.writeBytes(message);
		}
		return ByteBufUtil.getBytes(stream);
	}

}
