package io.scalesrpc.mux;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * The place of a request in a Zipkin trace: {@code span:8 parent:8 trace:8 flags:8}, and
 * {@code traceHigh:8} behind them if the trace id has 128 bits. The ids of a root span
 * are all the same. Flags without a name here are kept. <em>Immutable</em>.
 *
 * @param spanId the request
 * @param parentId the request that caused it
 * @param traceIdHigh the high half of the trace id, 0 if it has 64 bits
 * @param traceId the trace, or the low half of its id
 * @param flags {@link #DEBUG}, {@link #SAMPLING_KNOWN}, {@link #SAMPLED} and others
 */
@Internal
public record TraceIdContext(long spanId, long parentId, long traceIdHigh, long traceId, long flags) {

	/** The key of the context. */
	public static final String KEY = "com.twitter.finagle.tracing.TraceContext";

	/** Record this trace whatever the sampling says. */
	public static final long DEBUG = 1;

	/** The decision to sample has been made. */
	public static final long SAMPLING_KNOWN = 2;

	/** The decision is to record; means nothing without {@link #SAMPLING_KNOWN}. */
	public static final long SAMPLED = 4;

	private static final int BYTES = 32;

	private static final int BYTES_128 = 40;

	/**
	 * Whether somebody upstream has decided if this trace is recorded.
	 * @return {@code false} if it is for the receiver to decide
	 */
	public boolean isSamplingKnown() {
		return (this.flags & (DEBUG | SAMPLING_KNOWN)) != 0;
	}

	/**
	 * Whether this trace is to be recorded.
	 * @return {@code false} also if nobody has decided yet
	 */
	public boolean isSampled() {
		return (this.flags & DEBUG) != 0 || (this.flags & (SAMPLING_KNOWN | SAMPLED)) == (SAMPLING_KNOWN | SAMPLED);
	}

	/**
	 * The value of the context.
	 * @return 32 bytes, or 40 if the trace id has 128 bits
	 */
	public byte[] encode() {
		ByteBuffer buffer = ByteBuffer.allocate((this.traceIdHigh != 0) ? BYTES_128 : BYTES)
			.putLong(this.spanId)
			.putLong(this.parentId)
			.putLong(this.traceId)
			.putLong(this.flags);
		return ((this.traceIdHigh != 0) ? buffer.putLong(this.traceIdHigh) : buffer).array();
	}

	/**
	 * Reads the context.
	 * @param value the value of the context
	 * @return the ids, or {@code null} if the value is neither 32 nor 40 bytes
	 */
	public static @Nullable TraceIdContext decode(byte[] value) {
		if (value.length != BYTES && value.length != BYTES_128) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.wrap(value);
		long high = (value.length == BYTES_128) ? buffer.getLong(BYTES) : 0;
		return new TraceIdContext(buffer.getLong(0), buffer.getLong(8), high, buffer.getLong(16), buffer.getLong(24));
	}

}
