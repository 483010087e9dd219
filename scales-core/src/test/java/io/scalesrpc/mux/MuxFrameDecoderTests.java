package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MuxFrameDecoderTests {

	private static final int MAX_FRAME = 1024 * 1024;

	private static final String PING = "0000000441000001";

	private static final String ERR = "000000087f000002626f6f6d";

	private final EmbeddedChannel channel = new EmbeddedChannel(Halves.decoder(MAX_FRAME));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void framesThatComeByteByByteAreThoseThatWereSent() {
		for (byte b : Hex.bytes(PING + ERR + PING)) {
			this.channel.writeInbound(Unpooled.copiedBuffer(new byte[] { b }));
		}
		assertThat(frames()).containsExactly("41000001", "7f000002626f6f6d", "41000001");
	}

	@Test
	void aFrameIsGivenOnWithItsLastByteAndNotBefore() {
		this.channel.writeInbound(Hex.buffer(ERR.substring(0, ERR.length() - 2)));
		assertThat(frames()).isEmpty();
		this.channel.writeInbound(Hex.buffer(ERR.substring(ERR.length() - 2)));
		assertThat(frames()).containsExactly("7f000002626f6f6d");
	}

	@Test
	void everyVectorComesOutTheSameHoweverItWasCut() {
		List<String> sent = Vectors.section("codec.vectors", "frames")
			.entries()
			.stream()
			.map((vector) -> vector.get("hex"))
			.toList();
		String stream = String.join("", sent);
		for (int step = 1; step < 64; step++) {
			for (int i = 0; i < stream.length(); i += 2 * step) {
				this.channel.writeInbound(Hex.buffer(stream.substring(i, Math.min(stream.length(), i + 2 * step))));
			}
			assertThat(frames()).as("in reads of %d bytes", step)
				.isEqualTo(sent.stream().map((hex) -> hex.substring(2 * MuxFrame.LENGTH_BYTES)).toList());
		}
	}

	@Test
	void everyKnownTypePassesAndNoOther() {
		List<Integer> known = new ArrayList<>();
		for (int type = Byte.MIN_VALUE; type <= Byte.MAX_VALUE; type++) {
			EmbeddedChannel one = new EmbeddedChannel(Halves.decoder(MAX_FRAME));
			try {
				one.writeInbound(Unpooled.buffer().writeInt(4).writeByte(type).writeMedium(2));
				known.add(type);
			}
			catch (MuxProtocolException ex) {
				assertThat(ex).hasMessage("type: " + type + " (expected: a mux message type), tag 2");
			}
			one.finishAndReleaseAll();
		}
		assertThat(known).containsExactly(-128, -68, -66, -65, -64, -62, -2, -1, 1, 2, 64, 65, 66, 67, 68, 127);
		assertThat(known).allSatisfy((type) -> assertThat(MuxType.name(type)).doesNotContain("unknown"));
		assertThat(MuxType.name(3)).isEqualTo("unknown(3)");
	}

	@Test
	void aSizeThatCannotHoldTypeAndTagIsRefused() {
		refuses("00000000", "frame size: 0 (expected: 4..1048576)");
		refuses("00000003" + "020000", "frame size: 3 (expected: 4..1048576)");
	}

	@Test
	void aSizeAboveTheLimitIsRefusedBeforeAnyOfItsBytes() {
		refuses("00100001" + "41000001", "frame size: 1048577 (expected: 4..1048576)");
		refuses("ffffffff", "frame size: 4294967295 (expected: 4..1048576)");
		refuses("80000000", "frame size: 2147483648 (expected: 4..1048576)");
	}

	@Test
	void anAnswerAboveTheLimitIsSkippedAndSaid() {
		this.channel.writeInbound(Hex.buffer("00100001" + "fe0000"));
		assertThat(this.channel.<Object>readInbound()).isNull();
		this.channel.writeInbound(Hex.buffer("02" + "aa".repeat(1000)));
		RefusedFrame refused = this.channel.readInbound();
		assertThat(refused).isEqualTo(new RefusedFrame(MuxType.RDISPATCH, 2, false,
				new Refusal("message size: 1048577 (expected: <= 1048576)", false)));
		this.channel.writeInbound(Unpooled.buffer().writeZero(1048577 - 4 - 1000).writeBytes(Hex.bytes(PING)));
		assertThat(frames()).containsExactly("41000001");
	}

	@Test
	void aFrameThatTheBudgetLeavesNoRoomForIsSkippedAndTheRoomGivenBack() {
		ByteBudget budget = new ByteBudget("bytes coming in", 100);
		EmbeddedChannel narrow = new EmbeddedChannel(new MuxFrameDecoder(MAX_FRAME, budget));
		narrow.writeInbound(Hex.buffer("000000ff" + "02800002" + "aa".repeat(80)));
		assertThat(budget.taken()).isEqualTo(88);
		narrow.writeInbound(Hex.buffer("aa".repeat(80)));
		assertThat(narrow.<Object>readInbound()).isEqualTo(new RefusedFrame(MuxType.TDISPATCH, 2, true,
				new Refusal("bytes coming in: 168 (expected: <= 100)", true)));
		assertThat(budget.taken()).isZero();
		narrow.writeInbound(Hex.buffer("aa".repeat(255 - 4 - 160) + ERR.substring(0, 18)));
		assertThat(budget.taken()).isEqualTo(9);
		narrow.finishAndReleaseAll();
		assertThat(budget.taken()).isZero();
	}

	@Test
	void theLargestSizeIsTaken() {
		this.channel.writeInbound(Unpooled.buffer()
			.writeInt(MAX_FRAME)
			.writeByte(MuxType.RERR_OLD)
			.writeMedium(2)
			.writeZero(MAX_FRAME - 4));
		ByteBuf frame = this.channel.readInbound();
		assertThat(frame.readableBytes()).isEqualTo(MAX_FRAME);
		frame.release();
	}

	@Test
	void theLargestLimitThereIsWorks() {
		EmbeddedChannel wide = new EmbeddedChannel(Halves.decoder(Integer.MAX_VALUE - 5));
		wide.writeInbound(Hex.buffer("7ffffffa" + "02000002"));
		assertThat(wide.<Object>readInbound()).isNull();
		wide.finishAndReleaseAll();
	}

	@Test
	void framesInFrontOfABrokenOneArrive() {
		assertThatExceptionOfType(MuxProtocolException.class)
			.isThrownBy(() -> this.channel.writeInbound(Hex.buffer(PING + ERR + "0000000463000002" + PING)));
		assertThat(frames()).containsExactly("41000001", "7f000002626f6f6d");
	}

	@Test
	void nothingIsReadBehindABrokenFrameAndTheFailureIsToldOnce() {
		assertThatExceptionOfType(MuxProtocolException.class)
			.isThrownBy(() -> this.channel.writeInbound(Hex.buffer("0000000463000002" + PING)));
		this.channel.writeInbound(Hex.buffer(PING + "00000000"));
		assertThat(frames()).isEmpty();
		assertThat(this.channel.finish()).isFalse();
	}

	@Test
	void theEndOfTheStreamInTheMiddleOfAFrameGivesNothing() {
		this.channel.writeInbound(Hex.buffer(ERR.substring(0, 18)));
		assertThat(this.channel.finish()).isFalse();
	}

	@Test
	void aDeclaredSizeAllocatesNothing() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		this.channel.config().setAllocator(allocator);
		this.channel
			.writeInbound(allocator.buffer(8, 8).writeInt(MAX_FRAME).writeByte(MuxType.RDISPATCH).writeMedium(2));
		for (int i = 0; i < 16; i++) {
			this.channel.writeInbound(allocator.buffer(1, 1).writeByte(0));
		}
		long used = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
		assertThat(used).isBetween(24L, 4096L);
	}

	private void refuses(String hex, String message) {
		EmbeddedChannel one = new EmbeddedChannel(Halves.decoder(MAX_FRAME));
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> one.writeInbound(Hex.buffer(hex)))
			.withMessage(message);
		assertThat(one.finish()).isFalse();
	}

	private List<String> frames() {
		List<String> frames = new ArrayList<>();
		for (@Nullable
		ByteBuf frame = this.channel.readInbound(); frame != null; frame = this.channel.readInbound()) {
			frames.add(Hex.take(frame));
		}
		return frames;
	}

}
