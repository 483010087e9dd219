package io.scalesrpc.mux;

import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

import io.scalesrpc.mux.finagle.ClientIdContext;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.mux.finagle.HeadersContext;
import io.scalesrpc.mux.finagle.RetriesContext;

/**
 * The values of contexts as the vectors spell them, read through the value codecs.
 * <em>Stateless</em>; thread-safe.
 */
final class ContextText {

	private ContextText() {
	}

	static String describe(String key, byte[] value) {
		return switch (key) {
			case TraceIdContext.KEY -> trace(Objects.requireNonNull(TraceIdContext.decode(value)));
			case DeadlineContext.KEY -> deadline(Objects.requireNonNull(DeadlineContext.decode(value)));
			case RetriesContext.KEY -> "attempt " + Objects.requireNonNull(RetriesContext.decode(value)).attempt();
			case ClientIdContext.KEY -> "name " + quote(Objects.requireNonNull(ClientIdContext.decode(value)).name());
			case MuxFailure.KEY -> failure(Objects.requireNonNull(MuxFailure.decode(value)));
			case HeadersContext.REQUEST_KEY, HeadersContext.RESPONSE_KEY ->
				headers(Objects.requireNonNull(HeadersContext.decode(value)));
			default -> ("bytes " + HexFormat.of().formatHex(value)).strip();
		};
	}

	/**
	 * The bytes the value codec makes of what it has read; unknown values pass through.
	 */
	static byte[] copy(String key, byte[] value) {
		return switch (key) {
			case TraceIdContext.KEY -> Objects.requireNonNull(TraceIdContext.decode(value)).encode();
			case DeadlineContext.KEY -> Objects.requireNonNull(DeadlineContext.decode(value)).encode();
			case RetriesContext.KEY -> Objects.requireNonNull(RetriesContext.decode(value)).encode();
			case ClientIdContext.KEY -> Objects.requireNonNull(ClientIdContext.decode(value)).encode();
			case MuxFailure.KEY -> Objects.requireNonNull(MuxFailure.decode(value)).encode();
			case HeadersContext.REQUEST_KEY, HeadersContext.RESPONSE_KEY ->
				HeadersContext.encode(Objects.requireNonNull(HeadersContext.decode(value)));
			default -> value;
		};
	}

	static String trace(TraceIdContext trace) {
		String high = (trace.traceIdHigh() != 0) ? hex(trace.traceIdHigh()) : "";
		return "span " + hex(trace.spanId()) + " parent " + hex(trace.parentId()) + " trace " + high
				+ hex(trace.traceId()) + " flags " + Long.toHexString(trace.flags());
	}

	static String quote(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (char c : text.toCharArray()) {
			if (c == '"' || c == '\\') {
				quoted.append('\\').append(c);
			}
			else {
				quoted.append((c >= 0x20 && c < 0x7f) ? String.valueOf(c) : String.format("\\u%04x", (int) c));
			}
		}
		return quoted.append('"').toString();
	}

	private static String deadline(DeadlineContext deadline) {
		return "timestamp " + deadline.timestampNanos() + " deadline " + deadline.deadlineNanos();
	}

	private static String failure(MuxFailure failure) {
		StringJoiner flags = new StringJoiner("|", "flags ", "");
		if (failure.isRetryable()) {
			flags.add("retryable");
		}
		if (failure.isRejected()) {
			flags.add("rejected");
		}
		if (failure.isNonRetryable()) {
			flags.add("non-retryable");
		}
		return flags.toString();
	}

	private static String headers(Map<String, byte[]> headers) {
		StringJoiner text = new StringJoiner(" ", "headers ", "");
		headers.forEach((key, value) -> text.add(quote(key) + "=" + HexFormat.of().formatHex(value)));
		return text.toString();
	}

	private static String hex(long value) {
		return HexFormat.of().toHexDigits(value);
	}

}
