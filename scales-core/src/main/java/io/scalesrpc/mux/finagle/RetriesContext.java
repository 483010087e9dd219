package io.scalesrpc.mux.finagle;

import java.nio.ByteBuffer;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How often the client has sent this request before: {@code attempt:4}. Every client sets
 * its own and forwards none. <em>Immutable</em>.
 *
 * @param attempt 0 the first time
 */
@Internal
public record RetriesContext(int attempt) {

	/** The key of the context. */
	public static final String KEY = "com.twitter.finagle.Retries";

	/**
	 * The value of the context.
	 * @return 4 bytes
	 */
	public byte[] encode() {
		return ByteBuffer.allocate(Integer.BYTES).putInt(this.attempt).array();
	}

	/**
	 * Reads the context.
	 * @param value the value of the context
	 * @return the number, or {@code null} if the value is not 4 bytes
	 */
	public static @Nullable RetriesContext decode(byte[] value) {
		return (value.length == Integer.BYTES) ? new RetriesContext(ByteBuffer.wrap(value).getInt()) : null;
	}

}
