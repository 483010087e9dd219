package io.scalesrpc.mux.finagle;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.TraceIdContext;
import org.jspecify.annotations.Nullable;

/**
 * The place of a request in a trace as headers say it, W3C's {@code traceparent} and
 * Zipkin's {@code b3}, and as Finagle says it, {@link TraceIdContext}: makes each of the
 * other. What cannot be read counts as not sent. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class TraceHeaders {

	/** The header of W3C's Trace Context: {@code 00-traceid-spanid-flags}. */
	public static final String TRACEPARENT = "traceparent";

	/** Zipkin's single header: {@code traceid-spanid-sampled-parentid}. */
	public static final String B3 = "b3";

	private static final String TRACESTATE = "tracestate";

	private static final String B3_TRACE = "X-B3-TraceId";

	private static final String B3_SPAN = "X-B3-SpanId";

	private static final String B3_PARENT = "X-B3-ParentSpanId";

	private static final String B3_SAMPLED = "X-B3-Sampled";

	private static final String B3_FLAGS = "X-B3-Flags";

	private static final HexFormat HEX = HexFormat.of();

	private static final int LONG_DIGITS = 16;

	private static final int TRACEPARENT_LENGTH = 55;

	private static final long DECIDED = TraceIdContext.SAMPLING_KNOWN;

	private TraceHeaders() {
	}

	/**
	 * What Finagle would say in place of the headers of a call.
	 * @param headers the context of a call
	 * @return {@code null} if no header says a trace
	 */
	public static @Nullable TraceIdContext finagle(Context headers) {
		try {
			TraceIdContext w3c = ofTraceparent(text(headers, TRACEPARENT));
			TraceIdContext single = (w3c != null) ? w3c : ofB3(text(headers, B3));
			return (single != null) ? single : ofB3Headers(headers);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	/**
	 * Reads a header of a request, or what it would be by Finagle's context. That comes
	 * first: a Finagle service passes headers on as they came to it, and does not put its
	 * own place there. A trace that nobody has decided to record or not begins here, for
	 * W3C's header cannot say so.
	 * @param contexts those of a request
	 * @param header the name of a header, in any case
	 * @return its value, or {@code null} for none
	 */
	public static @Nullable String header(Context contexts, String header) {
		byte[] value = contexts.get(TraceIdContext.KEY);
		TraceIdContext trace = (value != null) ? TraceIdContext.decode(value) : null;
		if (trace == null) {
			return text(contexts, header);
		}
		if (header.equalsIgnoreCase(TRACEPARENT)) {
			return trace.isSamplingKnown() ? traceparent(trace) : null;
		}
		if (header.equalsIgnoreCase(TRACESTATE)) {
			return isOf(trace, contexts) ? text(contexts, header) : null;
		}
		return b3(trace, header, contexts);
	}

	/** Whether the headers tell of the same trace: then so does their state. */
	private static boolean isOf(TraceIdContext trace, Context contexts) {
		TraceIdContext sent = finagle(contexts);
		return sent != null && sent.traceId() == trace.traceId() && sent.traceIdHigh() == trace.traceIdHigh();
	}

	private static @Nullable String b3(TraceIdContext trace, String header, Context contexts) {
		boolean known = trace.isSamplingKnown();
		boolean debug = (trace.flags() & TraceIdContext.DEBUG) != 0;
		if (header.equalsIgnoreCase(B3)) {
			return known ? traceId(trace) + "-" + HEX.toHexDigits(trace.spanId()) + "-"
					+ (debug ? "d" : trace.isSampled() ? "1" : "0") + parent(trace) : null;
		}
		if (header.equalsIgnoreCase(B3_TRACE)) {
			return known ? traceId(trace) : null;
		}
		if (header.equalsIgnoreCase(B3_SPAN)) {
			return known ? HEX.toHexDigits(trace.spanId()) : null;
		}
		if (header.equalsIgnoreCase(B3_PARENT)) {
			return (known && trace.parentId() != trace.spanId()) ? HEX.toHexDigits(trace.parentId()) : null;
		}
		if (header.equalsIgnoreCase(B3_SAMPLED)) {
			return (known && !debug) ? (trace.isSampled() ? "1" : "0") : null;
		}
		if (header.equalsIgnoreCase(B3_FLAGS)) {
			return debug ? "1" : null;
		}
		return text(contexts, header);
	}

	private static String parent(TraceIdContext trace) {
		return (trace.parentId() != trace.spanId()) ? "-" + HEX.toHexDigits(trace.parentId()) : "";
	}

	private static String traceId(TraceIdContext trace) {
		String low = HEX.toHexDigits(trace.traceId());
		return (trace.traceIdHigh() != 0) ? HEX.toHexDigits(trace.traceIdHigh()) + low : low;
	}

	private static String traceparent(TraceIdContext trace) {
		return "00-" + HEX.toHexDigits(trace.traceIdHigh()) + HEX.toHexDigits(trace.traceId()) + "-"
				+ HEX.toHexDigits(trace.spanId()) + (trace.isSampled() ? "-01" : "-00");
	}

	/** The parent is not told: it counts as unknown, as Finagle writes that. */
	private static @Nullable TraceIdContext ofTraceparent(@Nullable String value) {
		if (value == null || value.length() < TRACEPARENT_LENGTH || value.startsWith("ff")) {
			return null;
		}
		long high = HexFormat.fromHexDigitsToLong(value, 3, 19);
		long low = HexFormat.fromHexDigitsToLong(value, 19, 35);
		long span = HexFormat.fromHexDigitsToLong(value, 36, 52);
		boolean sampled = (HexFormat.fromHexDigits(value, 53, 55) & 1) != 0;
		boolean valid = (high != 0 || low != 0) && span != 0;
		return valid ? new TraceIdContext(span, span, high, low, flags(sampled)) : null;
	}

	private static @Nullable TraceIdContext ofB3(@Nullable String value) {
		String[] parts = (value != null) ? value.split("-") : new String[0];
		if (parts.length < 2) {
			return null;
		}
		long flags = (parts.length > 2) ? flags(parts[2]) : 0;
		return of(parts[0], parts[1], (parts.length > 3) ? parts[3] : parts[1], flags);
	}

	private static @Nullable TraceIdContext ofB3Headers(Context headers) {
		String trace = text(headers, B3_TRACE);
		String span = text(headers, B3_SPAN);
		if (trace == null || span == null) {
			return null;
		}
		String parent = text(headers, B3_PARENT);
		String sampled = text(headers, B3_SAMPLED);
		long flags = "1".equals(text(headers, B3_FLAGS)) ? flags("d") : (sampled != null) ? flags(sampled) : 0;
		return of(trace, span, (parent != null) ? parent : span, flags);
	}

	private static TraceIdContext of(String trace, String span, String parent, long flags) {
		int split = Math.max(0, trace.length() - LONG_DIGITS);
		long high = (split > 0) ? HexFormat.fromHexDigitsToLong(trace.substring(0, split)) : 0;
		return new TraceIdContext(HexFormat.fromHexDigitsToLong(span), HexFormat.fromHexDigitsToLong(parent), high,
				HexFormat.fromHexDigitsToLong(trace.substring(split)), flags);
	}

	private static long flags(boolean sampled) {
		return sampled ? DECIDED | TraceIdContext.SAMPLED : DECIDED;
	}

	private static long flags(String sampled) {
		return switch (sampled) {
			case "1", "true" -> flags(true);
			case "0", "false" -> flags(false);
			case "d" -> TraceIdContext.DEBUG | flags(true);
			default -> 0;
		};
	}

	private static @Nullable String text(Context context, String key) {
		byte[] value = context.get(key);
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

}
