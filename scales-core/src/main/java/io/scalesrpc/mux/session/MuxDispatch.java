package io.scalesrpc.mux.session;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.mux.FragmentWriter;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.transport.channel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A call on a mux session: the entry of its tag. It is written when the first of its
 * pieces is; where it is asked for as a Treq it is queued again. One that is done and
 * still has its tag is owed an answer by the server.
 */
final class MuxDispatch extends Exchange<MuxSession> {

	private final int sequenceId;

	private @Nullable ByteBuf frame;

	/** What counts against the write queue until all of it is with the channel. */
	private int queuedBytes;

	private @Nullable FragmentWriter rest;

	/** Zero while it has none. */
	private int tag;

	private boolean treq;

	MuxDispatch(MuxSession session, Call call, int sequenceId, ByteBuf frame, boolean treq) {
		super(session, call);
		this.sequenceId = sequenceId;
		this.frame = frame;
		this.treq = treq;
	}

	@Override
	public boolean enqueue() {
		int bytes = Objects.requireNonNull(this.frame).readableBytes();
		String refusal = session().queue().add(bytes);
		if (refusal != null) {
			refuse(refusal);
			return false;
		}
		this.queuedBytes = bytes;
		return true;
	}

	/** Whether the request went out, or will, as a Treq. */
	boolean isTreq() {
		return this.treq;
	}

	/**
	 * Queues the request once more, under its tag: the server has not understood the
	 * Tdispatch. There is room, since what it took before is free.
	 */
	void repeatAsTreq(ByteBuf newFrame) {
		this.frame = newFrame;
		this.treq = true;
		tag(this.tag);
		requeued();
	}

	@Override
	protected void send() {
		session().send(this);
	}

	@Override
	protected void abandoned(Outcome outcome) {
		session().abandoned(this, outcome);
	}

	int sequenceId() {
		return this.sequenceId;
	}

	int tag() {
		return this.tag;
	}

	void tag(int newTag) {
		this.tag = newTag;
		MuxFrame.patchTag(Objects.requireNonNull(this.frame), newTag);
	}

	/** Whether something of it is still to be written. */
	boolean hasMore() {
		return this.frame != null || this.rest != null;
	}

	/** Whether a part of the frame, but not all of it, is with the channel. */
	boolean isHalfWritten() {
		return this.rest != null;
	}

	/**
	 * Takes the next piece to write.
	 * @param allocator makes the headers of pieces
	 * @param maxBodyBytes the largest body the server takes in one piece
	 * @return a piece, owned by the caller
	 */
	ByteBuf nextPiece(ByteBufAllocator allocator, int maxBodyBytes) {
		ByteBuf whole = this.frame;
		if (whole != null) {
			written();
			this.frame = null;
			if (!FragmentWriter.isNeeded(whole, maxBodyBytes)) {
				unqueued();
				return whole;
			}
			this.rest = new FragmentWriter(whole, maxBodyBytes);
		}
		FragmentWriter pieces = Objects.requireNonNull(this.rest);
		ByteBuf piece = pieces.next(allocator);
		if (!pieces.hasNext()) {
			release(false);
		}
		return piece;
	}

	/**
	 * The piece taken last is with the channel. Whoever learns here that the call is over
	 * may close the connection.
	 */
	void pieceWritten() {
		if (isWritten() && !hasMore() && call().method().oneway()) {
			session().onewayWritten(this);
		}
	}

	@Override
	protected void release(boolean unsent) {
		unqueued();
		if (this.frame != null) {
			this.frame.release();
			this.frame = null;
		}
		if (this.rest != null) {
			this.rest.release();
			this.rest = null;
		}
	}

	private void unqueued() {
		if (this.queuedBytes > 0) {
			session().queue().remove(this.queuedBytes);
			this.queuedBytes = 0;
		}
	}

}
