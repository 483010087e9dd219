package io.scalesrpc.mux.finagle;

import java.nio.charset.StandardCharsets;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a client is known to the server, as UTF-8. An empty value is no
 * name. <em>Immutable</em>.
 *
 * @param name the name, not empty
 */
@Internal
public record ClientIdContext(String name) {

	/** The key of the context. */
	public static final String KEY = "com.twitter.finagle.thrift.ClientIdContext";

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if it is empty, which would reach the server as no
	 * name
	 */
	public ClientIdContext {
		if (name.isEmpty()) {
			throw new IllegalArgumentException("client id: '' (expected: a name)");
		}
	}

	/**
	 * The value of the context.
	 * @return the bytes of the name
	 */
	public byte[] encode() {
		return this.name.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Reads the context.
	 * @param value the value of the context
	 * @return the client id, or {@code null} if the value is empty
	 */
	public static @Nullable ClientIdContext decode(byte[] value) {
		return (value.length > 0) ? new ClientIdContext(new String(value, StandardCharsets.UTF_8)) : null;
	}

}
