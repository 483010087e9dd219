package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FragmentWriterTests {

	private static final String FRAME = "0000000a" + "02000005" + "a1a2a3a4a5a6";

	@Test
	void onlyABodyAboveTheLimitIsCut() {
		ByteBuf frame = Hex.buffer(FRAME);
		assertThat(FragmentWriter.isNeeded(frame, 5)).isTrue();
		assertThat(FragmentWriter.isNeeded(frame, 6)).isFalse();
		assertThat(FragmentWriter.isNeeded(frame, Integer.MAX_VALUE)).isFalse();
		frame.release();
	}

	@Test
	void theLimitCountsTheBodyAndAllPiecesButTheLastAreMarked() {
		assertThat(cut(Hex.buffer(FRAME), 4)).containsExactly("0000000802800005a1a2a3a4", "0000000602000005a5a6");
	}

	@Test
	void noPieceIsEmptyWhenItDividesEvenly() {
		assertThat(cut(Hex.buffer(FRAME), 3)).containsExactly("0000000702800005a1a2a3", "0000000702000005a4a5a6");
	}

	@Test
	void aLimitOfOneByteWorks() {
		assertThat(cut(Hex.buffer(FRAME), 1)).hasSize(6).endsWith("0000000502000005a6");
	}

	@Test
	void theTagIsTheOneTheFrameHadLast() {
		ByteBuf frame = Hex.buffer(FRAME);
		MuxFrame.patchTag(frame, MuxFrame.MAX_TAG);
		assertThat(cut(frame, 3)).containsExactly("0000000702ffffffa1a2a3", "00000007027fffffa4a5a6");
	}

	@Test
	void piecesOutliveAMessageThatIsGivenUp() {
		ByteBuf frame = Hex.buffer(FRAME);
		FragmentWriter writer = new FragmentWriter(frame, 4);
		ByteBuf piece = writer.next(ByteBufAllocator.DEFAULT);
		assertThat(writer.hasNext()).isTrue();
		writer.release();
		assertThat(Hex.take(piece)).isEqualTo("0000000802800005a1a2a3a4");
		assertThat(frame.refCnt()).isZero();
	}

	@Test
	void whatIsCutCanBeAssembledForEveryLimit() {
		String body = "000000" + "0123456789abcdef".repeat(40);
		for (int limit = 1; limit < body.length() / 2; limit++) {
			ByteBuf frame = Hex.buffer("00000147" + "fe000009" + body);
			FragmentAssembler assembler = Halves.assembler(1000, 1);
			ByteBuf whole = null;
			for (String piece : cut(frame, limit)) {
				assertThat(whole).isNull();
				whole = assembler.append(Hex.buffer(piece.substring(2 * MuxFrame.LENGTH_BYTES)));
			}
			assertThat(whole).isNotNull();
			assertThat(Hex.take(whole)).isEqualTo("fe000009" + body);
		}
	}

	private static List<String> cut(ByteBuf frame, int limit) {
		FragmentWriter writer = new FragmentWriter(frame, limit);
		List<String> pieces = new ArrayList<>();
		while (writer.hasNext()) {
			pieces.add(Hex.take(writer.next(ByteBufAllocator.DEFAULT)));
		}
		writer.release();
		assertThat(frame.refCnt()).isZero();
		return pieces;
	}

}
