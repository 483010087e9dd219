package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.PeerText;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.RerrCodec;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answers of the server, in one piece or in several, to the calls they belong
 * to. <em>Confined to the connection's event loop</em>.
 */
final class MuxAnswers {

	private final DispatchCodec codec;

	private final MuxRequests requests;

	private final MuxWriter writer;

	private final FragmentAssembler fragments;

	MuxAnswers(Channel channel, MuxSessionContext context, MuxRequests requests, MuxWriter writer) {
		this.codec = context.codec();
		this.requests = requests;
		this.writer = writer;
		this.fragments = new FragmentAssembler(channel.eventLoop(), channel.alloc(), context.limits().maxFrameBytes(),
				context.limits().maxPendingCalls());
	}

	/**
	 * Takes the next frame over; null if pieces are missing, else a message to be
	 * released by the caller.
	 */
	@Nullable ByteBuf append(ByteBuf frame) {
		return this.fragments.append(frame);
	}

	/** The bytes of answers of which pieces are missing. */
	long halfBytes() {
		return this.fragments.bytes();
	}

	/**
	 * An Rdispatch or Rreq. What cannot be read ends its call, and then the connection.
	 */
	void answer(ByteBuf frame, int tag) {
		MuxDispatch dispatch = this.requests.answered(tag);
		if (dispatch == null) {
			return;
		}
		try {
			finish(dispatch, DispatchReply.read(this.codec, dispatch.call(), dispatch.sequenceId(), frame));
		}
		catch (Throwable ex) {
			finish(dispatch, Failure.of(FailureKind.BUG, "answer that makes no sense: " + ex.getMessage(), ex));
			throw ex;
		}
	}

	/** An Rerr; pieces of an answer that came before it mean nothing any more. */
	void error(ByteBuf frame, int tag) {
		this.fragments.discard(tag);
		MuxDispatch dispatch = this.requests.answered(tag);
		if (dispatch != null) {
			String why = PeerText.printable(RerrCodec.why(frame));
			finish(dispatch, Failure.of(FailureKind.REMOTE, "server error: " + why));
		}
	}

	/**
	 * An Rdiscarded: asked for, or because the server discarded the request on its own.
	 */
	void discarded(int tag) {
		this.fragments.discard(tag);
		MuxDispatch dispatch = this.requests.discarded(tag);
		if (dispatch != null) {
			dispatch.end(Failure.of(FailureKind.REMOTE, "discarded by the server"));
		}
	}

	/** Forgets answers of which pieces are missing. */
	void close() {
		this.fragments.close();
	}

	/**
	 * Ends a call by its answer. Of a request that was not sent to its end the server
	 * keeps a half, to which the next request of that tag would be appended.
	 */
	private void finish(MuxDispatch dispatch, Outcome outcome) {
		if (dispatch.isHalfWritten()) {
			this.writer.givenUp();
			this.writer.discard(dispatch.tag(), "answered before it was sent to its end");
		}
		dispatch.end(outcome);
	}

}
