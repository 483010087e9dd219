package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FragmentAssemblerTests {

	private final Halves halves = new Halves();

	private final ByteBudget budget = new ByteBudget("bytes of half messages", 250);

	private final FragmentAssembler assembler = assembler(ByteBufAllocator.DEFAULT);

	@AfterEach
	void close() {
		this.assembler.close();
		assertThat(this.assembler.bytes()).isZero();
		assertThat(this.budget.taken()).isZero();
	}

	@Test
	void aWholeMessagePassesUntouched() {
		ByteBuf frame = Hex.buffer("fe000005" + "000000aabb");
		assertThat(this.assembler.append(frame)).isSameAs(frame);
		assertThat(this.assembler.bytes()).isZero();
		assertThat(Hex.take(frame)).isEqualTo("fe000005000000aabb");
	}

	@Test
	void piecesOfSeveralMessagesInterleave() {
		assertThat(append("fe800005aa")).isNull();
		assertThat(append("fe800006bb")).isNull();
		assertThat(append("02800007cc")).isNull();
		assertThat(append("fe800005a1a2")).isNull();
		assertThat(append("fe000006b1")).isEqualTo("fe000006bbb1");
		assertThat(append("fe000005a3")).isEqualTo("fe000005aaa1a2a3");
		assertThat(append("02000007")).isEqualTo("02000007cc");
		assertThat(this.assembler.bytes()).isZero();
	}

	@Test
	void otherMessagesPassBetweenPieces() {
		assertThat(append("fe800005aa")).isNull();
		assertThat(append("41000001")).isEqualTo("41000001");
		assertThat(append("fe000006bb")).isEqualTo("fe000006bb");
		assertThat(append("bf000005")).as("not a dispatch, though of the same tag").isEqualTo("bf000005");
		assertThat(append("fe000005a1")).isEqualTo("fe000005aaa1");
	}

	@Test
	void emptyPiecesAddNothing() {
		assertThat(append("fe800005")).isNull();
		assertThat(append("fe800005aa")).isNull();
		assertThat(append("fe800005")).isNull();
		assertThat(append("fe000005")).isEqualTo("fe000005aa");
	}

	@Test
	void aDiscardInTheMiddleForgetsThePiecesAndNoOthers() {
		append("fe800005aa");
		append("fe800006bb");
		assertThat(this.assembler.bytes()).isEqualTo(10);
		assertThat(this.assembler.discard(5)).isTrue();
		assertThat(this.assembler.discard(5)).isFalse();
		assertThat(this.assembler.bytes()).isEqualTo(5);
		assertThat(append("fe000005cc")).as("a new message of that tag").isEqualTo("fe000005cc");
		assertThat(append("fe000006b1")).isEqualTo("fe000006bbb1");
	}

	@Test
	void aTagIsFreeForTheNextMessageOnceItsOwnIsComplete() {
		append("fe800005aa");
		append("fe000005bb");
		assertThat(append("02800005cc")).isNull();
		assertThat(append("02000005dd")).isEqualTo("02000005ccdd");
	}

	@Test
	void aPieceOfTheOtherDirectionDoesNotContinueAMessage() {
		append("fe800005aa");
		refuses("02800005bb", "fragment: Tdispatch (expected: Rdispatch), tag 5");
		refuses("02000005bb", "fragment: Tdispatch (expected: Rdispatch), tag 5");
	}

	@Test
	void everyMessageMayComeInPieces() {
		assertThat(append("0180000200")).isNull();
		assertThat(append("41800001")).isNull();
		assertThat(append("41000001")).isEqualTo("41000001");
		assertThat(append("01000002aa")).isEqualTo("0100000200aa");
	}

	@Test
	void eachMessageHasItsLimitAndTheirSumALargerOne() {
		append("fe800005" + "aa".repeat(90));
		append("fe800006" + "bb".repeat(90));
		assertThat(this.assembler.bytes()).isEqualTo(188);
		assertThat(append("fe000005" + "aa".repeat(6))).hasSize(2 * 100);
		assertThat(append("fe000006" + "bb".repeat(6))).hasSize(2 * 100);
		assertThat(this.halves.told).isEmpty();
	}

	@Test
	void aMessageOverItsLimitIsGivenUpAlone() {
		append("fe800005" + "aa".repeat(50));
		append("fe800006bb");
		assertThat(append("fe800005" + "aa".repeat(47))).isNull();
		assertThat(this.halves.told).containsExactly("given up Rdispatch 5: message size: 101 (expected: <= 100)");
		assertThat(this.assembler.bytes()).isEqualTo(5);
		assertThat(append("fe800005" + "aa".repeat(50))).isNull();
		assertThat(append("fe000006b1")).isEqualTo("fe000006bbb1");
		assertThat(append("fe000005aa")).isNull();
		assertThat(this.halves.told).endsWith("dropped Rdispatch 5: message size: 101 (expected: <= 100)").hasSize(2);
		assertThat(append("fe000005cc")).as("a new message of that tag").isEqualTo("fe000005cc");
	}

	@Test
	void aMessageThatTheSumLeavesNoRoomForIsGivenUpAlone() {
		append("fe800005" + "aa".repeat(90));
		append("fe800006" + "bb".repeat(90));
		assertThat(append("fe800007" + "cc".repeat(90))).isNull();
		assertThat(this.halves.told)
			.containsExactly("given up Rdispatch 7: bytes of half messages: 282 (expected: <= 250)");
		assertThat(append("fe000005")).hasSize(2 * 94);
		assertThat(append("fe000006")).hasSize(2 * 94);
		assertThat(append("fe000007dd")).isNull();
		assertThat(this.halves.told).hasSize(2);
	}

	@Test
	void halfMessagesAreCountedAndOneTooManyIsGivenUp() {
		append("fe800005aa");
		append("fe800006aa");
		append("fe800007aa");
		assertThat(append("fe800008aa")).isNull();
		assertThat(this.halves.told).containsExactly("given up Rdispatch 8: half messages: 4 (expected: <= 3)");
		assertThat(append("fe000005bb")).isEqualTo("fe000005aabb");
		assertThat(append("fe000008aa")).isNull();
		assertThat(append("fe800008aa")).isNull();
		assertThat(append("fe000008bb")).isEqualTo("fe000008aabb");
	}

	@Test
	void whatNobodyWantsIsDroppedAndItsEndIsTold() {
		append("fe800005aa");
		this.assembler.unwanted(5);
		assertThat(this.assembler.bytes()).isZero();
		assertThat(append("fe800005aa")).isNull();
		assertThat(append("fe000005aa")).isNull();
		this.halves.wanted = false;
		assertThat(append("fe800006aa")).isNull();
		assertThat(append("fe000006aa")).isNull();
		assertThat(this.halves.told).containsExactly("dropped Rdispatch 5: not wanted",
				"dropped Rdispatch 6: not wanted");
	}

	@Test
	void messagesThatWereGivenUpAreNotRememberedWithoutEnd() {
		this.halves.wanted = false;
		append("fe800005aa");
		append("fe800006aa");
		append("fe800007aa");
		refuses("fe800008aa", "half messages that were given up: 3 (expected: < 3)");
	}

	@Test
	void aFrameThatTheDecoderSkippedEndsOrGivesUpItsMessage() {
		append("fe800005aa");
		Refusal refusal = Refusal.tooLarge(1000, 100);
		this.assembler.refuse(new RefusedFrame(MuxType.RDISPATCH, 5, true, refusal));
		assertThat(append("fe000005aa")).isNull();
		this.assembler.refuse(new RefusedFrame(MuxType.RDISPATCH, 6, false, refusal));
		assertThat(this.halves.told).containsExactly("given up Rdispatch 5: message size: 1000 (expected: <= 100)",
				"dropped Rdispatch 5: message size: 1000 (expected: <= 100)",
				"dropped Rdispatch 6: message size: 1000 (expected: <= 100)");
	}

	@Test
	void whatControlsASessionHasNoBusinessToBeLarge() {
		append("bf800001" + "aa".repeat(90));
		refuses("bf800001" + "aa".repeat(90), "Rping in pieces: message size: 184 (expected: <= 100)");
	}

	@Test
	void closingLetsEverythingGoAndDropsWhatStillComes() {
		append("fe800005aa");
		this.assembler.close();
		assertThat(this.assembler.bytes()).isZero();
		assertThat(append("fe800005bb")).isNull();
		assertThat(append("fe000005cc")).as("the end of a message whose start was dropped").isNull();
		assertThat(this.assembler.bytes()).isZero();
		this.assembler.close();
	}

	@Test
	void aSmallPieceDoesNotKeepALargeReadBufferAlive() {
		ByteBuf read = ByteBufAllocator.DEFAULT.buffer(65536).writeBytes(Hex.bytes("fe800005aa"));
		assertThat(this.assembler.append(read.readRetainedSlice(5))).isNull();
		assertThat(read.refCnt()).isOne();
		read.release();
	}

	@Test
	void memoryIsThatOfTheBytesThatCame() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		FragmentAssembler thrifty = assembler(allocator);
		for (int i = 0; i < 60; i++) {
			thrifty.append(Hex.buffer("fe800005aa"));
		}
		assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
			.isLessThanOrEqualTo(256);
		thrifty.close();
		assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory()).isZero();
	}

	private FragmentAssembler assembler(ByteBufAllocator allocator) {
		return new FragmentAssembler(ImmediateEventExecutor.INSTANCE, allocator,
				new FragmentAssembler.Limits(100, 3, this.budget), this.halves);
	}

	private @Nullable String append(String hex) {
		ByteBuf frame = Hex.buffer(hex);
		@Nullable ByteBuf message = this.assembler.append(frame);
		String text = (message != null) ? Hex.take(message) : null;
		assertThat(frame.refCnt()).isZero();
		return text;
	}

	private void refuses(String hex, String message) {
		ByteBuf frame = Hex.buffer(hex);
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> this.assembler.append(frame))
			.withMessage(message);
		assertThat(frame.refCnt()).isZero();
	}

}
