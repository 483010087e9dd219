package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.mux.ByteBudget;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.Refusal;
import io.scalesrpc.mux.RefusedFrame;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answers of the server, in one piece or in several, to the calls they belong
 * to. <em>Confined to the connection's event loop</em>.
 */
final class MuxAnswers implements FragmentAssembler.Owner {

	/** Of the largest size, at a time. */
	private static final int UNFINISHED_ANSWERS = 4;

	private final DispatchCodec codec;

	private final ConnectionStatus occupancy;

	private final MuxRequests requests;

	private final MuxWriter writer;

	private final FragmentAssembler fragments;

	/** Whether the server has answered a Tdispatch as such. */
	private boolean dispatchUnderstood;

	MuxAnswers(SessionEnd ending, MuxSessionContext context, MuxRequests requests, MuxWriter writer) {
		this.codec = context.codec();
		this.occupancy = ending.occupancy();
		Channel channel = ending.channel();
		this.requests = requests;
		this.writer = writer;
		this.fragments = new FragmentAssembler(channel.eventLoop(), channel.alloc(), new FragmentAssembler.Limits(
				context.limits().maxFrameBytes(), context.limits().maxPendingCalls(), budget(context.limits())), this);
	}

	/** What all answers that are still coming in on one connection may have together. */
	static ByteBudget budget(TransportLimits limits) {
		return new ByteBudget("bytes of unfinished answers on the connection",
				(long) UNFINISHED_ANSWERS * limits.maxFrameBytes());
	}

	/**
	 * Takes the next frame over; null if pieces are missing, else a message to be
	 * released by the caller.
	 */
	@Nullable ByteBuf append(ByteBuf frame) {
		return this.fragments.append(frame);
	}

	/** Takes note of an answer that the decoder skips. */
	void refuse(RefusedFrame frame) {
		this.fragments.refuse(frame);
	}

	/** Lets go of what has come of an answer that nobody waits for any more. */
	void unwanted(int tag) {
		this.fragments.unwanted(tag);
	}

	/** Half answers that nobody waits for are not worth their memory. */
	@Override
	public boolean wants(int type, int tag) {
		this.dispatchUnderstood |= type == MuxType.RDISPATCH;
		return (type != MuxType.RDISPATCH && type != MuxType.RREQ) || this.requests.isWanted(tag);
	}

	/** Ending the call has the server told to send no more of the answer. */
	@Override
	public void givenUp(int type, int tag, Refusal refusal) {
		MuxDispatch dispatch = this.requests.waiting(tag);
		if (dispatch != null) {
			dispatch.call().end(failure(refusal));
		}
	}

	@Override
	public void dropped(int type, int tag, @Nullable Refusal refusal) {
		MuxDispatch dispatch = this.requests.answered(tag);
		if (dispatch != null) {
			finish(dispatch, (refusal != null) ? failure(refusal)
					: Failure.of(FailureKind.CONNECTION_LOST, "answer in pieces that began before its request"));
		}
	}

	private static Failure failure(Refusal refusal) {
		return Failure.of(FailureKind.INTERNAL, "answer over a limit of this client, " + refusal.why());
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
			this.occupancy.served();
			return;
		}
		this.dispatchUnderstood |= !dispatch.isTreq();
		Outcome outcome;
		try {
			outcome = DispatchReply.read(this.codec, dispatch.call(), dispatch.sequenceId(), frame);
		}
		catch (Throwable ex) {
			dispatch.makesNoSense(ex);
			throw ex;
		}
		this.occupancy.served();
		finish(dispatch, outcome);
	}

	/**
	 * The request that an Rerr asks for as a Treq, which keeps its tag: the server has
	 * never understood a Tdispatch. Null if it means something else. As Finagle's client
	 * does.
	 */
	@Nullable MuxDispatch notUnderstood(int tag) {
		MuxDispatch dispatch = this.requests.waiting(tag);
		boolean repeats = dispatch != null && !dispatch.hasMore() && !dispatch.isTreq() && !this.dispatchUnderstood;
		return repeats ? dispatch : null;
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
