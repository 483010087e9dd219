package io.scalesrpc.redis.command;

import org.jspecify.annotations.Nullable;

/**
 * Makes a result of a reply. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
interface Decoder {

	/**
	 * Makes it.
	 * @param reply as {@code ReplyOutput} has it
	 * @return the result
	 * @throws RuntimeException if the reply is of another shape
	 */
	@Nullable Object decode(@Nullable Object reply);

}
