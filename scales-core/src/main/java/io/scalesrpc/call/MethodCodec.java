package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * Arguments and results of one method as bytes, for whoever keeps them: a copy that
 * nobody can change, that fits any store and that outlives the objects. Implementations
 * are <em>thread-safe</em>.
 */
public interface MethodCodec {

	/**
	 * Encodes arguments. Equal arguments give equal bytes, except that sets and maps may
	 * differ by the order of their entries.
	 * @param arguments in the order of the method's parameters
	 * @return a new array
	 * @throws RuntimeException if they do not fit
	 */
	byte[] encodeArguments(@Nullable Object[] arguments);

	/**
	 * How much of encoded arguments tells calls apart. What follows is sent, and does not
	 * change the answer.
	 * @param encoded from {@link #encodeArguments}
	 * @return 0 to its length
	 */
	default int keyLength(byte[] encoded) {
		return encoded.length;
	}

	/**
	 * Makes arguments of what was encoded.
	 * @param encoded from {@link #encodeArguments}
	 * @return new objects
	 * @throws RuntimeException if it is none
	 */
	@Nullable Object[] decodeArguments(byte[] encoded);

	/**
	 * Whether a result may answer other calls later.
	 * @param result what a call returned
	 * @return {@code false} if it says that it is not to be kept
	 */
	default boolean mayKeep(Object result) {
		return true;
	}

	/**
	 * Encodes a result.
	 * @param result what a call returned
	 * @return a new array
	 * @throws RuntimeException if it does not fit
	 */
	byte[] encodeResult(Object result);

	/**
	 * Makes a result of what was encoded, perhaps by another process.
	 * @param encoded from {@link #encodeResult}, or anything
	 * @return a new object
	 * @throws RuntimeException if it is no result of the method
	 */
	Object decodeResult(byte[] encoded);

}
