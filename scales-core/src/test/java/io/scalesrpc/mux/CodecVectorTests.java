package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecVectorTests {

	private static final String FILE = "codec.vectors";

	private static final int MAX_FRAME = 16 * 1024 * 1024;

	@Test
	void thereAreSixtySixVectors() {
		List<Vectors.Section> sections = Vectors.read(FILE);
		assertThat(sections).extracting((section) -> section.entries().size()).containsExactly(14, 37, 2, 13);
		assertThat(sections).flatExtracting(Vectors.Section::entries)
			.extracting(Vectors.Entry::name)
			.doesNotHaveDuplicates()
			.hasSize(66);
	}

	static List<Vectors.Entry> values() {
		return Vectors.section(FILE, "context values").entries();
	}

	@ParameterizedTest
	@MethodSource("values")
	void aContextValueIsReadAndWrittenAsFinagleDoes(Vectors.Entry vector) {
		byte[] value = Hex.bytes(vector.get("hex"));
		String key = vector.get("key");
		assertThat(ContextText.describe(key, value)).isEqualTo(vector.get("is"));
		assertThat(ContextText.copy(key, value)).isEqualTo(value);
	}

	static List<Vectors.Entry> frames() {
		return Vectors.section(FILE, "frames").entries();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void aFrameIsReadAndWrittenAsFinagleDoes(Vectors.Entry vector) {
		ByteBuf frame = read(vector.get("hex"));
		try {
			assertThat(FrameText.describe(frame)).isEqualTo(vector.expected());
			if (FrameCopy.isWritten(MuxFrame.type(frame))) {
				assertThat(Hex.take(FrameCopy.copy(frame))).isEqualTo(vector.get("hex"));
			}
			else {
				assertThat(vector.name()).startsWith("Treq(");
			}
		}
		finally {
			frame.release();
		}
	}

	static List<Vectors.Entry> pieces() {
		return Vectors.section(FILE, "messages in pieces").entries();
	}

	@ParameterizedTest
	@MethodSource("pieces")
	void aMessageIsCutIntoThePiecesFinagleCutsItInto(Vectors.Entry vector) {
		int limit = Integer.parseInt(vector.get("limit"));
		ByteBuf whole = Hex.buffer(vector.get("hex"));
		assertThat(FragmentWriter.isNeeded(whole, limit)).isTrue();
		FragmentWriter writer = new FragmentWriter(whole, limit);
		List<String> cuts = new ArrayList<>();
		while (writer.hasNext()) {
			cuts.add(Hex.take(writer.next(ByteBufAllocator.DEFAULT)));
		}
		writer.release();
		assertThat(cuts).isEqualTo(vector.all("cut"));
		assertThat(whole.refCnt()).isZero();
	}

	@ParameterizedTest
	@MethodSource("pieces")
	void finaglesPiecesBecomeTheMessageAgain(Vectors.Entry vector) {
		FragmentAssembler assembler = Halves.assembler(1024, 1);
		ByteBuf whole = null;
		for (String cut : vector.all("cut")) {
			assertThat(whole).isNull();
			whole = assembler.append(read(cut));
		}
		assertThat(whole).isNotNull();
		assertThat(FrameText.describe(whole)).isEqualTo(vector.expected());
		assertThat(Hex.take(FrameCopy.copy(whole))).isEqualTo(vector.get("hex"));
		assertThat(assembler.bytes()).isZero();
		whole.release();
	}

	static List<Vectors.Entry> others() {
		return Vectors.section(FILE, "frames that Finagle reads but does not write, and frames that it refuses")
			.entries();
	}

	@ParameterizedTest
	@MethodSource("others")
	void whatFinagleRefusesIsRefusedAndWhatItOnlyReadsIsRead(Vectors.Entry vector) {
		if (vector.has("refused")) {
			assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> describe(vector.get("hex")))
				.withMessage(vector.get("refused"));
		}
		else {
			assertThat(describe(vector.get("hex"))).isEqualTo(vector.expected());
		}
	}

	private static List<String> describe(String hex) {
		ByteBuf frame = read(hex);
		try {
			return FrameText.describe(frame);
		}
		finally {
			frame.release();
		}
	}

	/** The only frame of a stream, from its type on. */
	private static ByteBuf read(String hex) {
		EmbeddedChannel channel = new EmbeddedChannel(Halves.decoder(MAX_FRAME));
		try {
			channel.writeInbound(Hex.buffer(hex));
			@Nullable ByteBuf frame = channel.readInbound();
			assertThat(frame).isNotNull();
			assertThat(channel.<Object>readInbound()).isNull();
			return frame;
		}
		finally {
			channel.finishAndReleaseAll();
		}
	}

}
