package io.scalesrpc.mux.finagle;

import java.nio.ByteBuffer;
import java.time.Instant;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * When a request was sent and until when its caller waits:
 * {@code timestamp:8 deadline:8}, both in nanoseconds since the Unix epoch, so that it
 * means something only between hosts with synchronised clocks. <em>Immutable</em>.
 *
 * @param timestampNanos when the deadline was set
 * @param deadlineNanos when it passes; {@link Long#MAX_VALUE} for never
 */
@Internal
public record DeadlineContext(long timestampNanos, long deadlineNanos) {

	/** The key of the context. */
	public static final String KEY = "com.twitter.finagle.Deadline";

	private static final int BYTES = 16;

	private static final long NANOS_PER_SECOND = 1_000_000_000;

	/**
	 * A time of the wall clock in the unit of this context.
	 * @param time not before 1678 nor after 2262
	 * @return nanoseconds since the Unix epoch
	 */
	public static long epochNanos(Instant time) {
		return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
	}

	/**
	 * The deadline of a request sent now.
	 * @param nowNanos the wall clock, in nanoseconds since the epoch
	 * @param remainingNanos how long the caller waits; {@link Long#MAX_VALUE} for ever
	 * @return the deadline; {@link Long#MAX_VALUE} where the sum has no room
	 */
	public static DeadlineContext in(long nowNanos, long remainingNanos) {
		return new DeadlineContext(nowNanos, after(nowNanos, remainingNanos));
	}

	static long after(long nowNanos, long remainingNanos) {
		long deadline = nowNanos + remainingNanos;
		boolean overflow = (remainingNanos > 0 && deadline < nowNanos);
		return overflow ? Long.MAX_VALUE : deadline;
	}

	/**
	 * How long the caller still waits.
	 * @param nowNanos the wall clock, in nanoseconds since the epoch
	 * @return nanoseconds, not positive when the deadline has passed;
	 * {@link Long#MAX_VALUE} if there is none
	 */
	public long remainingNanos(long nowNanos) {
		if (this.deadlineNanos == Long.MAX_VALUE) {
			return Long.MAX_VALUE;
		}
		long remaining = this.deadlineNanos - nowNanos;
		boolean overflow = ((this.deadlineNanos ^ nowNanos) & (this.deadlineNanos ^ remaining)) < 0;
		return overflow ? ((this.deadlineNanos < 0) ? Long.MIN_VALUE : Long.MAX_VALUE) : remaining;
	}

	/**
	 * How long the caller was still going to wait when it sent the request, by its own
	 * clock alone.
	 * @return nanoseconds, not positive when the deadline had passed
	 */
	public long givenNanos() {
		return remainingNanos(this.timestampNanos);
	}

	/**
	 * The value of the context.
	 * @return 16 bytes
	 */
	public byte[] encode() {
		return ByteBuffer.allocate(BYTES).putLong(this.timestampNanos).putLong(this.deadlineNanos).array();
	}

	/**
	 * Reads the context. A peer's broken deadline does not fail the request, which is
	 * served as if it had none.
	 * @param value the value of the context
	 * @return the deadline, or {@code null} if the value is not 16 bytes
	 */
	public static @Nullable DeadlineContext decode(byte[] value) {
		if (value.length != BYTES) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.wrap(value);
		return new DeadlineContext(buffer.getLong(), buffer.getLong());
	}

}
