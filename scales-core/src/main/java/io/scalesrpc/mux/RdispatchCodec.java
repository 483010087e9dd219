package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;

/**
 * The codec of Rdispatch, the answer to a Tdispatch:
 * {@code status:1 count:2 (klen:2 key vlen:2 value)* body}. <em>Stateless</em>;
 * thread-safe.
 */
@Internal
public final class RdispatchCodec {

	private RdispatchCodec() {
	}

	/**
	 * Starts an answer: the caller appends the body to the same buffer and calls
	 * {@link MuxFrame#end}.
	 * @param buffer where to
	 * @param tag the tag of the request
	 * @param status what became of the request
	 * @param contexts at most 256 contexts of at most 65535 bytes each
	 * @return where the frame starts
	 * @throws IllegalArgumentException if a context is too long for the wire
	 */
	public static int begin(ByteBuf buffer, int tag, MuxStatus status, Context contexts) {
		int start = MuxFrame.begin(buffer, MuxType.RDISPATCH, tag);
		buffer.writeByte(status.ordinal());
		ContextsCodec.write(buffer, contexts);
		return start;
	}

	/**
	 * What became of the request.
	 * @param frame an Rdispatch from its type on
	 * @return the status
	 * @throws MuxProtocolException if there is none or it is not known
	 */
	public static MuxStatus status(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, 1, "Rdispatch status");
		return MuxStatus.of(frame.getByte(index), "Rdispatch");
	}

	/**
	 * The contexts of the answer, such as {@link MuxFailure} or {@code HeadersContext}.
	 * @param frame an Rdispatch from its type on
	 * @return copies of the contexts; of equal keys the last
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static Context contexts(ByteBuf frame) {
		return ContextsCodec.read(frame, contextsIndex(frame));
	}

	/**
	 * The thrift answer.
	 * @param frame an Rdispatch from its type on
	 * @return a view of the frame that lives as long as the frame does
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static ByteBuf body(ByteBuf frame) {
		return MuxFrame.rest(frame, ContextsCodec.end(frame, contextsIndex(frame)));
	}

	/**
	 * Goes on to the Thrift answer, without making a view of it.
	 * @param frame an Rdispatch from its type on; only its body is left of it
	 * @return the frame
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static ByteBuf skipToBody(ByteBuf frame) {
		return frame.readerIndex(ContextsCodec.end(frame, contextsIndex(frame)));
	}

	/**
	 * The text of an answer whose status is {@link MuxStatus#ERROR}.
	 * @param frame an Rdispatch from its type on
	 * @return the text
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static String error(ByteBuf frame) {
		return MuxFrame.restAsText(frame, ContextsCodec.end(frame, contextsIndex(frame)));
	}

	private static int contextsIndex(ByteBuf frame) {
		return MuxFrame.bodyIndex(frame) + 1;
	}

}
