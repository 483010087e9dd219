package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.mux.MuxFailure;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.RreqCodec;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to a dispatch means for its call. A nack, and an error that the server
 * marked as safe to repeat, were not processed; any other error may have been.
 * <em>Stateless</em>; thread-safe.
 */
final class DispatchReply {

	private DispatchReply() {
	}

	/**
	 * Reads the answer to a call.
	 * @param codec reads the body of a good one
	 * @param call the call it answers
	 * @param sequenceId the number the request carried
	 * @param frame an Rdispatch or Rreq, from its type on; of no use afterwards
	 * @return how the call ends
	 * @throws MuxProtocolException if the frame is not right
	 */
	static Outcome read(DispatchCodec codec, Call call, int sequenceId, ByteBuf frame) {
		if (MuxFrame.type(frame) == MuxType.RREQ) {
			return switch (RreqCodec.status(frame)) {
				case OK -> codec.decode(call, sequenceId, Context.empty(), RreqCodec.body(frame));
				case ERROR -> error(RreqCodec.error(frame), Context.empty());
				case NACK -> nack(Context.empty());
			};
		}
		return switch (RdispatchCodec.status(frame)) {
			case OK -> codec.decode(call, sequenceId, RdispatchCodec.contexts(frame), RdispatchCodec.skipToBody(frame));
			case ERROR -> error(RdispatchCodec.error(frame), RdispatchCodec.contexts(frame));
			case NACK -> nack(RdispatchCodec.contexts(frame));
		};
	}

	private static Failure error(String text, Context contexts) {
		MuxFailure failure = failure(contexts);
		if (failure == null) {
			return Failure.of(FailureKind.REMOTE, "server error: " + PeerText.printable(text));
		}
		FailureKind kind = (failure.isRetryable()) ? FailureKind.NOT_SENT : FailureKind.REMOTE;
		return new Failure(kind, "server error: " + PeerText.printable(text), null, failure.isNonRetryable(),
				failure.isRetryable() || failure.isRejected());
	}

	private static Failure nack(Context contexts) {
		MuxFailure failure = failure(contexts);
		boolean nonRetryable = (failure != null) && failure.isNonRetryable();
		return Failure.nack(FailureKind.NOT_SENT, "refused by the server (nack)", nonRetryable);
	}

	private static @Nullable MuxFailure failure(Context contexts) {
		byte[] value = contexts.get(MuxFailure.KEY);
		return (value != null) ? MuxFailure.decode(value) : null;
	}

}
