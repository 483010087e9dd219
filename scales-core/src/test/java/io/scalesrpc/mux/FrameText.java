package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Context;

/**
 * A frame as the vectors spell it, read through the codec of its type.
 * <em>Stateless</em>; thread-safe.
 */
final class FrameText {

	private FrameText() {
	}

	/** The lines about a frame from its type on. */
	static List<String> describe(ByteBuf frame) {
		int type = MuxFrame.type(frame);
		List<String> lines = new ArrayList<>();
		lines.add("type " + MuxType.name(type) + " " + type);
		lines.add("tag " + MuxFrame.tag(frame));
		if (MuxFrame.isFragment(frame)) {
			lines.add("piece " + Hex.of(MuxFrame.rest(frame, MuxFrame.bodyIndex(frame))));
			return lines;
		}
		switch (type) {
			case MuxType.TINIT, MuxType.RINIT -> init(frame, lines);
			case MuxType.RERR, MuxType.RERR_OLD -> lines.add("why " + ContextText.quote(RerrCodec.why(frame)));
			case MuxType.TDISCARDED, MuxType.TDISCARDED_OLD -> discarded(frame, lines);
			case MuxType.TLEASE -> lines.add("millis " + TleaseCodec.millis(frame));
			case MuxType.TREQ -> treq(frame, lines);
			case MuxType.RREQ -> rreq(frame, lines);
			case MuxType.TDISPATCH -> request(frame, lines);
			case MuxType.RDISPATCH -> answer(frame, lines);
			default -> {
				if (frame.readableBytes() > MuxFrame.HEADER_BYTES) {
					lines.add("body " + Hex.of(MuxFrame.rest(frame, MuxFrame.bodyIndex(frame))));
				}
			}
		}
		return lines;
	}

	private static void init(ByteBuf frame, List<String> lines) {
		lines.add("version " + InitCodec.version(frame));
		InitCodec.headers(frame)
			.forEach((key, value) -> lines
				.add(("header " + ContextText.quote(key) + " " + HexFormat.of().formatHex(value)).strip()));
	}

	private static void discarded(ByteBuf frame, List<String> lines) {
		lines.add("which " + TdiscardedCodec.which(frame));
		lines.add("why " + ContextText.quote(TdiscardedCodec.why(frame)));
	}

	private static void treq(ByteBuf frame, List<String> lines) {
		TraceIdContext trace = TreqCodec.trace(frame);
		if (trace != null) {
			lines.add("trace " + ContextText.trace(trace));
		}
		lines.add(("body " + Hex.of(TreqCodec.body(frame))).strip());
	}

	private static void rreq(ByteBuf frame, List<String> lines) {
		MuxStatus status = RreqCodec.status(frame);
		lines.add("status " + status);
		lines.add((status == MuxStatus.ERROR) ? "error " + ContextText.quote(RreqCodec.error(frame))
				: ("body " + Hex.of(RreqCodec.body(frame))).strip());
	}

	private static void request(ByteBuf frame, List<String> lines) {
		contexts(TdispatchCodec.contexts(frame), lines);
		lines.add("dst " + ContextText.quote(TdispatchCodec.destination(frame)));
		for (DtabEntry entry : TdispatchCodec.dtab(frame)) {
			lines.add("dtab " + ContextText.quote(entry.prefix()) + " => " + ContextText.quote(entry.destination()));
		}
		lines.add(("body " + Hex.of(TdispatchCodec.body(frame))).strip());
	}

	private static void answer(ByteBuf frame, List<String> lines) {
		MuxStatus status = RdispatchCodec.status(frame);
		lines.add("status " + status);
		contexts(RdispatchCodec.contexts(frame), lines);
		lines.add((status == MuxStatus.ERROR) ? "error " + ContextText.quote(RdispatchCodec.error(frame))
				: ("body " + Hex.of(RdispatchCodec.body(frame))).strip());
	}

	private static void contexts(Context contexts, List<String> lines) {
		contexts.forEach((key, value) -> lines.add("context " + key + " " + ContextText.describe(key, value)));
	}

}
