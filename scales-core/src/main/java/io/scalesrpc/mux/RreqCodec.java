package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;

import io.scalesrpc.Internal;

/**
 * The codec of Rreq, the answer to a Treq: {@code status:1 body}. A client takes it as
 * the answer to a Tdispatch too. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class RreqCodec {

	private RreqCodec() {
	}

	/**
	 * Starts an answer: the caller appends the body to the same buffer and calls
	 * {@link MuxFrame#end}.
	 * @param buffer where to
	 * @param tag the tag of the request
	 * @param status what became of the request
	 * @return where the frame starts
	 */
	public static int begin(ByteBuf buffer, int tag, MuxStatus status) {
		int start = MuxFrame.begin(buffer, MuxType.RREQ, tag);
		buffer.writeByte(status.ordinal());
		return start;
	}

	/**
	 * What became of the request.
	 * @param frame an Rreq from its type on
	 * @return the status
	 * @throws MuxProtocolException if there is none or it is not known
	 */
	public static MuxStatus status(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, 1, "Rreq status");
		return MuxStatus.of(frame.getByte(index), "Rreq");
	}

	/**
	 * The thrift answer.
	 * @param frame an Rreq with a valid {@link #status}, from its type on
	 * @return a view of the frame that lives as long as the frame does
	 */
	public static ByteBuf body(ByteBuf frame) {
		return MuxFrame.rest(frame, MuxFrame.bodyIndex(frame) + 1);
	}

	/**
	 * The text of an answer whose status is {@link MuxStatus#ERROR}.
	 * @param frame an Rreq with a valid {@link #status}, from its type on
	 * @return the text
	 */
	public static String error(ByteBuf frame) {
		return MuxFrame.restAsText(frame, MuxFrame.bodyIndex(frame) + 1);
	}

}
