package io.scalesrpc.mux;

import java.lang.management.ManagementFactory;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MalformedFrameTests {

	static List<Vectors.Entry> frames() {
		return Vectors.section("malformed.vectors", "frames").entries();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void aMalformedFrameIsRefusedWithWhatIsWrong(Vectors.Entry vector) {
		ByteBuf frame = Unpooled.wrappedBuffer(Hex.bytes(vector.get("hex")));
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> FrameText.describe(frame))
			.withMessage(vector.get("refused"));
		assertThat(frame.readerIndex()).isZero();
	}

	/** A frame that is a view of a larger buffer must not be read into its neighbour. */
	@ParameterizedTest
	@MethodSource("frames")
	void whatFollowsTheFrameInTheReadBufferIsNotReadAsIfItWereItsEnd(Vectors.Entry vector) {
		byte[] bytes = Hex.bytes(vector.get("hex"));
		ByteBuf read = Unpooled.buffer().writeZero(3).writeBytes(bytes).writeZero(64);
		ByteBuf frame = read.slice(3, bytes.length);
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> FrameText.describe(frame))
			.withMessage(vector.get("refused"));
		ByteBuf window = read.duplicate().setIndex(3, 3 + bytes.length);
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> FrameText.describe(window))
			.withMessage(vector.get("refused"));
	}

	@Test
	void refusingAllocatesNothingByADeclaredLength() {
		frames().forEach(MalformedFrameTests::refuse);
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		List<Vectors.Entry> vectors = frames();
		for (Vectors.Entry vector : vectors) {
			long before = threads.getCurrentThreadAllocatedBytes();
			refuse(vector);
			assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(vector.name()).isLessThan(64 * 1024);
		}
	}

	private static void refuse(Vectors.Entry vector) {
		ByteBuf frame = Unpooled.wrappedBuffer(Hex.bytes(vector.get("hex")));
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> FrameText.describe(frame));
	}

}
