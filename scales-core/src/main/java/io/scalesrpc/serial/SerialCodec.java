package io.scalesrpc.serial;

import io.netty.buffer.ByteBuf;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a protocol writes requests and reads answers. Implementations are
 * <em>thread-safe</em>.
 */
public interface SerialCodec {

	/**
	 * Appends a request as it goes over the wire. Runs on the thread that dispatches the
	 * call; what it throws ends the call as a bug.
	 * @param call the call
	 * @param sequenceId a number the answer should repeat, if the protocol can
	 * @param out where to
	 */
	void encode(Call call, int sequenceId, ByteBuf out);

	/**
	 * Reads an answer. Whatever it throws, an {@link Error} included, ends the
	 * connection: bytes that are not the answer to this call may be that to another.
	 * @param call the call it must answer
	 * @param sequenceId the number of its request
	 * @param message the whole answer; not kept
	 * @return how the call ends
	 */
	Outcome decode(Call call, int sequenceId, ByteBuf message);

	/**
	 * Makes what cuts the stream of one connection into answers.
	 * @return a new one
	 */
	MessageCutter cutter();

	/**
	 * What is said on a connection before its first call.
	 * @return the greeting, or {@code null} if calls may be sent at once
	 */
	default @Nullable SerialGreeting greeting() {
		return null;
	}

}
