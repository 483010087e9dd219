package io.scalesrpc.redis;

import org.jspecify.annotations.Nullable;

/**
 * Makes a result of a reply. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
interface Decoder {

	/**
	 * Makes it.
	 * @param reply as {@link ReplyOutput} has it
	 * @return the result
	 * @throws RuntimeException if the reply is of another shape
	 */
	@Nullable Object decode(@Nullable Object reply);

}
