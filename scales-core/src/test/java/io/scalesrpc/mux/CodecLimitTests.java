package io.scalesrpc.mux;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.finagle.DispatchHead;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the codecs refuse to write, and the largest and oddest things they take. */
class CodecLimitTests {

	private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

	private final ByteBuf buffer = Unpooled.buffer();

	@Test
	void aTagHasTwentyThreeBits() {
		assertThat(Hex.take(MuxFrame.empty(ALLOCATOR, MuxType.RDISCARDED, MuxFrame.MAX_TAG)))
			.isEqualTo("00000004be7fffff");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RdispatchCodec.begin(this.buffer, 0x800000, MuxStatus.OK, Context.empty()))
			.withMessage("tag: 8388608 (expected: 0..8388607)");
		assertThatIllegalArgumentException().isThrownBy(() -> RreqCodec.begin(this.buffer, -1, MuxStatus.OK))
			.withMessage("tag: -1 (expected: 0..8388607)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MuxFrame.patchTag(Unpooled.buffer().writeZero(8), 0x800000))
			.withMessage("tag: 8388608 (expected: 0..8388607)");
	}

	@Test
	void theFragmentBitIsNoPartOfTheTag() {
		ByteBuf piece = Unpooled.wrappedBuffer(Hex.bytes("02 ffffff"));
		assertThat(MuxFrame.tag(piece)).isEqualTo(MuxFrame.MAX_TAG);
		assertThat(MuxFrame.isFragment(piece)).isTrue();
	}

	@Test
	void aFrameMayStartAnywhereInItsBuffer() {
		this.buffer.writeLong(-1);
		int start = TdispatchCodec.begin(this.buffer, Context.empty(), "/s", List.of());
		this.buffer.writeByte(0xab);
		MuxFrame.end(this.buffer, start);
		this.buffer.skipBytes(Long.BYTES);
		MuxFrame.patchTag(this.buffer, 9);
		assertThat(Hex.of(this.buffer)).isEqualTo("0000000d" + "02000009" + "0000" + "00022f73" + "0000" + "ab");
	}

	@Test
	void contextsHaveALimit() {
		Context contexts = Context.empty();
		for (int i = 0; i < ContextsCodec.MAX_CONTEXTS; i++) {
			contexts = contexts.with("k" + i, new byte[] { (byte) i });
		}
		int start = RdispatchCodec.begin(this.buffer, 2, MuxStatus.OK, contexts);
		MuxFrame.end(this.buffer, start);
		Context read = RdispatchCodec.contexts(this.buffer.skipBytes(MuxFrame.LENGTH_BYTES));
		assertThat(read.size()).isEqualTo(ContextsCodec.MAX_CONTEXTS);
		assertThat(read.get("K255")).containsExactly(255);
		Context tooMany = contexts.with("one more", new byte[0]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RdispatchCodec.begin(this.buffer, 2, MuxStatus.OK, tooMany))
			.withMessage("contexts: 257 (expected: <= 256)");
	}

	@Test
	void aContextHasAtMostSixtyFourKilobytes() {
		byte[] largest = new byte[0xffff];
		largest[0xfffe] = 1;
		RdispatchCodec.begin(this.buffer, 2, MuxStatus.OK, Context.empty().with("k", largest));
		assertThat(RdispatchCodec.contexts(this.buffer.skipBytes(MuxFrame.LENGTH_BYTES)).get("k")).isEqualTo(largest);
		assertThatIllegalArgumentException().isThrownBy(
				() -> RdispatchCodec.begin(this.buffer, 2, MuxStatus.OK, Context.empty().with("k", new byte[0x10000])))
			.withMessage("context value length: 65536 (expected: <= 65535)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RdispatchCodec.begin(this.buffer, 2, MuxStatus.OK,
					Context.empty().with("ż".repeat(0x8000), new byte[0])))
			.withMessage("context key length: 65536 (expected: <= 65535)");
	}

	@Test
	void ofEqualContextsTheLastCountsInWhateverCase() {
		ByteBuf frame = Unpooled.wrappedBuffer(Hex.bytes("fe000002 00 0002 00016b 000101 00014b 000102"));
		Context contexts = RdispatchCodec.contexts(frame);
		assertThat(contexts.size()).isOne();
		assertThat(contexts.get("k")).containsExactly(2);
		assertThat(contexts.key(0)).isEqualTo("K");
		assertThat(RdispatchCodec.body(frame).isReadable()).isFalse();
	}

	@Test
	void destinationAndDtabHaveLimits() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TdispatchCodec.begin(this.buffer, Context.empty(), "/".repeat(0x10000), List.of()))
			.withMessage("dst length: 65536 (expected: <= 65535)");
		DtabEntry rule = new DtabEntry("/s", "/srv");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TdispatchCodec.begin(this.buffer, Context.empty(), "", Collections.nCopies(1025, rule)))
			.withMessage("dtab: 1025 (expected: <= 1024)");
		this.buffer.clear();
		TdispatchCodec.begin(this.buffer, Context.empty(), "", Collections.nCopies(1024, rule));
		assertThat(TdispatchCodec.dtab(this.buffer.skipBytes(MuxFrame.LENGTH_BYTES))).hasSize(1024).containsOnly(rule);
	}

	/** A client is refused when it is built, and what it sends is encoded later. */
	@Test
	void whatCannotBeEncodedIsRefusedBefore() {
		DtabEntry rule = new DtabEntry("/s", "/srv");
		DispatchHead.requireFits(Context.empty().with("k", new byte[0xffff]), "/".repeat(0xffff),
				Collections.nCopies(1024, rule));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DispatchHead.requireFits(Context.empty(), "ż".repeat(0x8000), List.of()))
			.withMessage("dst length: 65536 (expected: <= 65535)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DispatchHead.requireFits(Context.empty().with("k", new byte[0x10000]), "", List.of()))
			.withMessage("context value length: 65536 (expected: <= 65535)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DispatchHead.requireFits(Context.empty(), "", Collections.nCopies(1025, rule)))
			.withMessage("dtab: 1025 (expected: <= 1024)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DispatchHead.requireFits(Context.empty(), "",
					List.of(new DtabEntry("/" + "s".repeat(0x10000), "/srv"))))
			.withMessage("dtab prefix length: 65537 (expected: <= 65535)");
	}

	@Test
	void aLeaseIsWithinItsRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> TleaseCodec.encode(ALLOCATOR, -1))
			.withMessage("lease: -1 (expected: 0..4294967295 ms)");
		assertThatIllegalArgumentException().isThrownBy(() -> TleaseCodec.encode(ALLOCATOR, 1L << 32))
			.withMessage("lease: 4294967296 (expected: 0..4294967295 ms)");
	}

	@Test
	void initHeadersHaveALimit() {
		String header = "00000001 61 00000000";
		ByteBuf most = Unpooled.wrappedBuffer(Hex.bytes("44000001 0001" + header.repeat(64)));
		assertThat(InitCodec.headers(most)).containsOnlyKeys("a");
		ByteBuf more = Unpooled.wrappedBuffer(Hex.bytes("44000001 0001" + header.repeat(65)));
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> InitCodec.headers(more))
			.withMessage("init headers: more than 64 (expected: <= 64)");
	}

	@Test
	void theFragmentLimitIsAPositiveIntAndUnlimitedIfAbsent() {
		assertThat(InitCodec.fragmentLimit(Map.of())).isEqualTo(Integer.MAX_VALUE);
		assertThat(InitCodec.fragmentLimit(InitCodec.headers(65536, OpportunisticTls.OFF))).isEqualTo(65536);
		refusesLimit("00000000", "mux-framer: 0 (expected: > 0)");
		refusesLimit("ffffffff", "mux-framer: -1 (expected: > 0)");
		refusesLimit("000001", "mux-framer length: 3 (expected: 4)");
		refusesLimit("0000000100", "mux-framer length: 5 (expected: 4)");
	}

	@Test
	void aTlsLevelThatNobodyKnowsIsOff() {
		assertThat(InitCodec.tls(InitCodec.headers(1, OpportunisticTls.DESIRED))).isEqualTo(OpportunisticTls.DESIRED);
		assertThat(InitCodec.tls(InitCodec.headers(1, OpportunisticTls.REQUIRED))).isEqualTo(OpportunisticTls.REQUIRED);
		assertThat(InitCodec.tls(Map.of(InitCodec.TLS, "Required".getBytes(StandardCharsets.UTF_8))))
			.isEqualTo(OpportunisticTls.OFF);
		assertThat(InitCodec.tls(Map.of())).isEqualTo(OpportunisticTls.OFF);
	}

	@Test
	void textsOfAnyAlphabetSurvive() {
		String text = "naïve 中文 🚀";
		assertThat(RerrCodec.why(body(RerrCodec.encode(ALLOCATOR, 2, text)))).isEqualTo(text);
		ByteBuf discarded = body(TdiscardedCodec.encode(ALLOCATOR, MuxFrame.MAX_TAG, text));
		assertThat(TdiscardedCodec.why(discarded)).isEqualTo(text);
		assertThat(TdiscardedCodec.which(discarded)).isEqualTo(MuxFrame.MAX_TAG);
		ByteBuf init = body(InitCodec.encode(ALLOCATOR, MuxType.TINIT, 1, Map.of(text, new byte[] { 1 })));
		assertThat(InitCodec.headers(init)).containsOnlyKeys(text);
	}

	@Test
	void halfACharacterIsWrittenAsAQuestionMarkAndTheLengthsStillFit() {
		ByteBuf init = body(InitCodec.encode(ALLOCATOR, MuxType.TINIT, 1, Map.of("a\ud83d", new byte[] { 1 })));
		assertThat(InitCodec.headers(init)).containsOnlyKeys("a?");
	}

	@Test
	void traceIdsOfTheWrongLengthInATreqAreIgnoredAndTheLastFlagByteCounts() {
		String body = "cafe";
		ByteBuf shortIds = Unpooled.wrappedBuffer(Hex.bytes("01000002 01 01 02 0000" + body));
		assertThat(TreqCodec.trace(shortIds)).isNull();
		assertThat(Hex.of(TreqCodec.body(shortIds))).isEqualTo(body);
		String ids = "00".repeat(23) + "07";
		ByteBuf flags = Unpooled
			.wrappedBuffer(Hex.bytes("01000002 04 09 00 01 18" + ids + "02 03 010206 02 00" + body));
		assertThat(TreqCodec.trace(flags)).isEqualTo(new TraceIdContext(0, 0, 0, 7, 0));
		ByteBuf longFlags = Unpooled.wrappedBuffer(Hex.bytes("01000002 02 01 18" + ids + "02 03 010286" + body));
		assertThat(TreqCodec.trace(longFlags)).isEqualTo(new TraceIdContext(0, 0, 0, 7, 0x86));
	}

	@Test
	void aBodyIsAViewOfItsFrame() {
		ByteBuf frame = Unpooled.wrappedBuffer(Hex.bytes("fe000002 00 0000 0102"));
		ByteBuf body = RdispatchCodec.body(frame);
		frame.setByte(7, 9);
		assertThat(Hex.of(body)).isEqualTo("0902");
		assertThat(frame.readerIndex()).isZero();
	}

	private static void refusesLimit(String hex, String message) {
		Map<String, byte[]> headers = Map.of(InitCodec.FRAGMENT_LIMIT, Hex.bytes(hex));
		assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> InitCodec.fragmentLimit(headers))
			.withMessage(message);
	}

	/** The frame from its type on, in a buffer that needs no release. */
	private static ByteBuf body(ByteBuf frame) {
		ByteBuf copy = Unpooled.wrappedBuffer(Hex.bytes(Hex.take(frame)));
		assertThat(copy.readInt()).isEqualTo(copy.readableBytes());
		return copy;
	}

}
