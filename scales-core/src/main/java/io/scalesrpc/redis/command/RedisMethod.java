package io.scalesrpc.redis.command;

import io.lettuce.core.protocol.ProtocolKeyword;
import io.scalesrpc.call.MethodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A method that is a command of Redis. Implementations are <em>immutable</em>.
 */
public interface RedisMethod extends MethodSpec {

	/**
	 * Names the command of a call.
	 * @param arguments those of the call
	 * @return the command's first word
	 * @throws IllegalArgumentException if it is none that may be sent
	 */
	ProtocolKeyword keyword(@Nullable Object[] arguments);

	/**
	 * Encodes a call. Runs on the thread that dispatches it.
	 * @param arguments those of the call
	 * @param maxBytes the longest command that may be sent
	 * @return the command as it goes over the wire
	 * @throws RuntimeException if the arguments do not fit
	 */
	byte[] encode(@Nullable Object[] arguments, int maxBytes);

	/**
	 * Makes the result of a reply that is no error. Runs on the connection's event loop.
	 * @param reply as {@code ReplyOutput} has it
	 * @return the result
	 * @throws RuntimeException if the reply does not fit
	 */
	@Nullable Object decode(@Nullable Object reply);

	/**
	 * The same, for what goes on where it began.
	 * @param reply as {@code ReplyOutput} has it
	 * @param connection stands for the connection that it came by
	 * @return the result
	 * @throws RuntimeException if the reply does not fit
	 */
	default @Nullable Object decode(@Nullable Object reply, Object connection) {
		return decode(reply);
	}

	/**
	 * Whether a call may be sent by a connection.
	 * @param arguments those of the call
	 * @param connection stands for it
	 * @return {@code false} for what began on another one and means nothing here
	 */
	default boolean fits(@Nullable Object[] arguments, Object connection) {
		return true;
	}

	/**
	 * Whether a replica may answer.
	 * @param arguments those of the call
	 * @return {@code false} for whatever changes something, or must stay with one server
	 */
	boolean mayReadFromReplica(@Nullable Object[] arguments);

	@Override
	default boolean oneway() {
		return false;
	}

}
