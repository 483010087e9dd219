package io.scalesrpc.mux;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * What a server adds to an ERROR or NACK so that the client knows whether to try again:
 * {@code flags:8} in an Rdispatch. Flags of other bits are kept. <em>Immutable</em>.
 *
 * @param flags the sum of {@link #RETRYABLE}, {@link #REJECTED} and
 * {@link #NON_RETRYABLE} and of bits that have no meaning yet
 */
@Internal
public record MuxFailure(long flags) {

	/** The key of the context. */
	public static final String KEY = "MuxFailure";

	/** Not processed, safe to send again. */
	public static final long RETRYABLE = 1;

	/** The server was not willing to process it. */
	public static final long REJECTED = 2;

	/** Must not be sent again, here or elsewhere. */
	public static final long NON_RETRYABLE = 4;

	/** What a NACK without the context means. */
	public static final MuxFailure NACK = new MuxFailure(RETRYABLE | REJECTED);

	/**
	 * Checks the flags.
	 * @throws IllegalArgumentException if they say both retryable and not retryable
	 */
	public MuxFailure {
		if ((flags & RETRYABLE) != 0 && (flags & NON_RETRYABLE) != 0) {
			throw new IllegalArgumentException("flags: " + flags + " (expected: not both retryable and non-retryable)");
		}
	}

	/**
	 * Whether the request was not processed and may be sent again.
	 * @return whether the flag is set
	 */
	public boolean isRetryable() {
		return (this.flags & RETRYABLE) != 0;
	}

	/**
	 * Whether the server was not willing to process the request.
	 * @return whether the flag is set
	 */
	public boolean isRejected() {
		return (this.flags & REJECTED) != 0;
	}

	/**
	 * Whether the request must not be sent again.
	 * @return whether the flag is set
	 */
	public boolean isNonRetryable() {
		return (this.flags & NON_RETRYABLE) != 0;
	}

	/**
	 * The value of the context.
	 * @return 8 bytes
	 */
	public byte[] encode() {
		return ByteBuffer.allocate(Long.BYTES).putLong(this.flags).array();
	}

	/**
	 * Reads the context. Of two flags that exclude each other the one that forbids a
	 * retry counts: taking the value for absent would make a NACK retryable.
	 * @param value the value of the context; what follows 8 bytes is not read
	 * @return the failure, or {@code null} if there are fewer than 8 bytes
	 */
	public static @Nullable MuxFailure decode(byte[] value) {
		if (value.length < Long.BYTES) {
			return null;
		}
		long flags = ByteBuffer.wrap(value).getLong();
		return new MuxFailure(((flags & NON_RETRYABLE) != 0) ? flags & ~RETRYABLE : flags);
	}

}
