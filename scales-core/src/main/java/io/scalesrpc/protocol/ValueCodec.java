package io.scalesrpc.protocol;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * Values of any class as bytes, such as JSON, for protocols that carry bytes.
 * Implementations are <em>thread-safe</em>.
 */
@Internal
public interface ValueCodec {

	/**
	 * Encodes a value.
	 * @param value any object
	 * @return a new array
	 * @throws RuntimeException if it cannot be encoded
	 */
	byte[] encode(Object value);

	/**
	 * Decodes a value.
	 * @param bytes what was encoded, or anything
	 * @param type the type of the value, with its type arguments
	 * @return the value; {@code null} if the bytes say so
	 * @throws RuntimeException if they are no value of the type
	 */
	@Nullable Object decode(byte[] bytes, Type type);

}
