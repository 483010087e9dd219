package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.finagle.ClientIdContext;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.mux.finagle.HeadersContext;
import io.scalesrpc.mux.finagle.RetriesContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that nobody meant to send: whatever they are, the only thing that may be thrown
 * is a {@link MuxProtocolException}. Every run uses the same seeds.
 */
@Tag("soak")
class MuxFuzzTests {

	private static final int MAX_FRAME = 4096;

	/**
	 * Every way to read a frame; each must cope with every frame, also of other types.
	 */
	private static final Map<String, Consumer<ByteBuf>> READERS = readers();

	private final List<byte[]> vectors = vectors();

	@Test
	void everyPrefixOfEveryVectorIsReadOrRefused() {
		int refused = 0;
		for (byte[] vector : this.vectors) {
			for (int length = MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES; length <= vector.length; length++) {
				refused += readEveryWay(Unpooled.wrappedBuffer(vector, 4, length - 4));
			}
		}
		assertThat(refused).isGreaterThan(1000);
	}

	@Test
	void randomFramesAreReadOrRefused() {
		Random random = new Random(20260101);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] frame = new byte[MuxFrame.HEADER_BYTES + random.nextInt(64)];
			random.nextBytes(frame);
			if (random.nextBoolean()) {
				// Small lengths get further.
				for (int j = MuxFrame.HEADER_BYTES; j < frame.length; j++) {
					frame[j] &= (byte) (random.nextInt(3) == 0 ? 0x07 : 0x00);
				}
			}
			refused += readEveryWay(Unpooled.wrappedBuffer(frame));
		}
		assertThat(refused).isBetween(20_000, 20_000 * READERS.size() - 20_000);
	}

	@Test
	void mutatedVectorsAreReadOrRefusedByEveryCodec() {
		Random random = new Random(42);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] mutant = mutate(this.vectors.get(random.nextInt(this.vectors.size())), random);
			if (mutant.length >= 8) {
				refused += readEveryWay(Unpooled.wrappedBuffer(mutant, 4, mutant.length - 4));
			}
		}
		assertThat(refused).isGreaterThan(10_000);
	}

	@Test
	void streamsOfMutatedVectorsGoThroughDecoderAndAssemblerWithoutALeak() {
		int broken = 0;
		int messages = 0;
		for (int seed = 0; seed < 2_000; seed++) {
			Random random = new Random(seed);
			Stream stream = new Stream();
			stream.feed(stream(random), random);
			broken += (stream.broken) ? 1 : 0;
			messages += stream.messages;
			stream.close();
		}
		assertThat(broken).isBetween(500, 1_999);
		assertThat(messages).isGreaterThan(2_000);
	}

	@Test
	void randomBytesBreakAStreamWithoutALeak() {
		int broken = 0;
		for (int seed = 0; seed < 1_000; seed++) {
			Random random = new Random(seed);
			byte[] bytes = new byte[1 + random.nextInt(256)];
			random.nextBytes(bytes);
			Stream stream = new Stream();
			stream.feed(bytes, random);
			broken += (stream.broken) ? 1 : 0;
			stream.close();
		}
		assertThat(broken).isGreaterThan(900);
	}

	@Test
	void randomContextValuesAreReadOrNot() {
		Random random = new Random(7);
		for (int i = 0; i < 10_000; i++) {
			byte[] value = new byte[random.nextInt(48)];
			random.nextBytes(value);
			readValue(value);
		}
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] mutant = original.clone();
		for (int i = random.nextInt(4); i >= 0 && mutant.length > 0; i--) {
			int at = random.nextInt(mutant.length);
			switch (random.nextInt(5)) {
				case 0 -> mutant[at] = (byte) random.nextInt();
				case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
				case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
				case 3 -> mutant = Arrays.copyOf(mutant, at);
				default -> mutant = Arrays.copyOf(mutant, mutant.length + random.nextInt(8));
			}
		}
		return mutant;
	}

	/** Vectors in a row, some of them cut into pieces and some of them mutated. */
	private byte[] stream(Random random) {
		ByteBuf stream = Unpooled.buffer();
		for (int i = 1 + random.nextInt(8); i > 0; i--) {
			byte[] vector = this.vectors.get(random.nextInt(this.vectors.size()));
			if (random.nextInt(4) == 0) {
				writePieces(vector, 1 + random.nextInt(40), stream);
			}
			else {
				stream.writeBytes((random.nextInt(4) == 0) ? mutate(vector, random) : vector);
			}
		}
		return ByteBufUtil.getBytes(stream);
	}

	private static void writePieces(byte[] vector, int limit, ByteBuf stream) {
		FragmentWriter writer = new FragmentWriter(Unpooled.wrappedBuffer(vector), limit);
		while (writer.hasNext()) {
			ByteBuf piece = writer.next(ByteBufAllocator.DEFAULT);
			stream.writeBytes(piece);
			piece.release();
		}
		writer.release();
	}

	/** How many of the readers refused the frame. */
	private static int readEveryWay(ByteBuf frame) {
		int refused = 0;
		for (Map.Entry<String, Consumer<ByteBuf>> reader : READERS.entrySet()) {
			try {
				reader.getValue().accept(frame);
			}
			catch (MuxProtocolException ex) {
				refused++;
			}
			catch (RuntimeException ex) {
				throw new AssertionError(reader.getKey() + " of " + Hex.of(frame), ex);
			}
		}
		assertThat(frame.readerIndex()).isZero();
		return refused;
	}

	private static void readValue(byte[] value) {
		MuxFailure.decode(value);
		DeadlineContext.decode(value);
		RetriesContext.decode(value);
		ClientIdContext.decode(value);
		TraceIdContext.decode(value);
		HeadersContext.decode(value);
	}

	private static void readValues(Context contexts) {
		contexts.forEach((key, value) -> readValue(value));
	}

	private static Map<String, Consumer<ByteBuf>> readers() {
		Map<String, Consumer<ByteBuf>> readers = new HashMap<>();
		readers.put("Tdispatch contexts", (frame) -> readValues(TdispatchCodec.contexts(frame)));
		readers.put("Tdispatch dst", TdispatchCodec::destination);
		readers.put("Tdispatch dtab", TdispatchCodec::dtab);
		readers.put("Tdispatch body", TdispatchCodec::body);
		readers.put("Rdispatch status", RdispatchCodec::status);
		readers.put("Rdispatch contexts", (frame) -> readValues(RdispatchCodec.contexts(frame)));
		readers.put("Rdispatch body", RdispatchCodec::body);
		readers.put("Rdispatch error", RdispatchCodec::error);
		readers.put("Treq trace", TreqCodec::trace);
		readers.put("Treq body", TreqCodec::body);
		readers.put("Rreq status", RreqCodec::status);
		readers.put("Tdiscarded which", TdiscardedCodec::which);
		readers.put("Tdiscarded why", TdiscardedCodec::why);
		readers.put("Rerr why", RerrCodec::why);
		readers.put("Tlease", TleaseCodec::millis);
		readers.put("init version", InitCodec::version);
		readers.put("init headers", (frame) -> InitCodec.fragmentLimit(InitCodec.headers(frame)));
		return readers;
	}

	private static List<byte[]> vectors() {
		List<byte[]> vectors = new ArrayList<>();
		for (Vectors.Section section : Vectors.read("codec.vectors")) {
			for (Vectors.Entry entry : section.entries()) {
				if (!entry.has("key") && !entry.has("refused")) {
					vectors.add(Hex.bytes(entry.get("hex")));
				}
			}
		}
		return vectors;
	}

	/**
	 * A connection as a session sees it. <em>Confined to the test's thread</em>.
	 */
	private static final class Stream {

		private final EmbeddedChannel channel = new EmbeddedChannel(Halves.decoder(MAX_FRAME));

		private final FragmentAssembler assembler = Halves.assembler(this.channel.eventLoop(), MAX_FRAME, 4);

		private boolean broken;

		private int messages;

		void feed(byte[] bytes, Random random) {
			for (int from = 0; from < bytes.length && !this.broken;) {
				int to = Math.min(bytes.length, from + 1 + random.nextInt(100));
				try {
					this.channel.writeInbound(ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes, from, to - from));
				}
				catch (MuxProtocolException ex) {
					this.broken = true;
				}
				read();
				from = to;
			}
		}

		private void read() {
			for (@Nullable
			Object frame = this.channel.readInbound(); frame != null; frame = this.channel.readInbound()) {
				@Nullable ByteBuf message = assemble(frame);
				if (message != null) {
					this.messages++;
					readEveryWay(message);
					message.release();
				}
			}
		}

		private @Nullable ByteBuf assemble(Object frame) {
			try {
				if (frame instanceof RefusedFrame refused) {
					this.assembler.refuse(refused);
					return null;
				}
				return this.assembler.append((ByteBuf) frame);
			}
			catch (MuxProtocolException ex) {
				this.broken = true;
				return null;
			}
		}

		void close() {
			assertThat(this.assembler.bytes()).isBetween(0L, (long) MAX_FRAME);
			this.assembler.close();
			this.channel.finishAndReleaseAll();
		}

	}

}
