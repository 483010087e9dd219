package io.scalesrpc.mux.session;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.mux.FragmentWriter;
import io.scalesrpc.mux.MuxFrame;
import org.jspecify.annotations.Nullable;

/**
 * One call on one connection: the entry of its tag, the task that sends it, and the
 * observer of its outcome. One object for the three, because there is one per call.
 * <p>
 * Phases: NEW, then QUEUED when it has a tag, then WRITTEN when its last byte is with the
 * channel; from any of these DONE when it was answered, refused or dropped; from WRITTEN
 * QUEUED again as a Treq; from WRITTEN OWED when the caller gave up and the server still
 * owes the tag's answer; from OWED to DONE with that answer. <em>Confined to the
 * connection's event loop</em>, but for {@link #ended}.
 */
final class MuxDispatch implements Runnable, Observer {

	/** Where the dispatch stands. */
	enum Phase {

		NEW, QUEUED, WRITTEN, OWED, DONE

	}

	private final MuxSession session;

	private final Call call;

	private final int sequenceId;

	private @Nullable ByteBuf frame;

	/** What counts against the write queue until all of it is with the channel. */
	private int queuedBytes;

	private @Nullable FragmentWriter rest;

	private int tag;

	private Phase phase = Phase.NEW;

	private boolean treq;

	MuxDispatch(MuxSession session, Call call, int sequenceId, ByteBuf frame, boolean treq) {
		this.session = session;
		this.call = call;
		this.sequenceId = sequenceId;
		this.treq = treq;
		take(frame);
	}

	private void take(ByteBuf newFrame) {
		this.frame = newFrame;
		this.queuedBytes = newFrame.readableBytes();
		this.session.status().queued(this.queuedBytes);
	}

	/** Whether the request went out, or will, as a Treq. */
	boolean isTreq() {
		return this.treq;
	}

	/**
	 * Queues the request once more, under its tag: the server has not understood the
	 * Tdispatch.
	 */
	void repeatAsTreq(ByteBuf newFrame) {
		take(newFrame);
		this.treq = true;
		queued(this.tag);
	}

	/** Sends the call; the connection runs this on its event loop. */
	@Override
	public void run() {
		this.session.send(this);
	}

	/**
	 * Tells the session that nobody waits any more, unless it was the session that ended
	 * the call. Runs on any thread: the phase read here may be stale, so the session
	 * looks again.
	 */
	@Override
	public void ended(Call call, Outcome outcome) {
		this.session.status().callEnded();
		if (this.phase != Phase.DONE) {
			this.session.abandon(this, outcome);
		}
	}

	Call call() {
		return this.call;
	}

	int sequenceId() {
		return this.sequenceId;
	}

	int tag() {
		return this.tag;
	}

	Phase phase() {
		return this.phase;
	}

	/** Whether a part of the frame, but not all of it, is with the channel. */
	boolean isHalfWritten() {
		return this.rest != null;
	}

	void queued(int tag) {
		this.tag = tag;
		this.phase = Phase.QUEUED;
		MuxFrame.patchTag(Objects.requireNonNull(this.frame), tag);
	}

	void owed() {
		releaseFrame();
		this.phase = Phase.OWED;
	}

	/** Gives up what is held; nothing more will happen to this dispatch. */
	void done() {
		releaseFrame();
		this.phase = Phase.DONE;
	}

	/** Ends the call from the session's side. */
	void end(Outcome outcome) {
		done();
		this.call.end(outcome);
	}

	/**
	 * Ends the call because the connection is gone: what was not written is safe to send
	 * again.
	 */
	void connectionLost(String reason, @Nullable Throwable cause) {
		boolean unsent = this.phase == Phase.NEW || (this.phase == Phase.QUEUED && !isHalfWritten());
		if (unsent) {
			giveBack(reason, cause);
		}
		else {
			end(Failure.of(FailureKind.UNKNOWN, reason, cause));
		}
	}

	/** Gives back a call that was not sent. */
	void giveBack(String reason, @Nullable Throwable cause) {
		done();
		this.session.status().unsent().giveBack(this.call, reason, cause);
	}

	/**
	 * Takes the next piece to write.
	 * @param allocator makes the headers of pieces
	 * @param maxBodyBytes the largest body the server takes in one piece
	 * @return a piece, owned by the caller; after the last one the phase is WRITTEN
	 */
	ByteBuf nextPiece(ByteBufAllocator allocator, int maxBodyBytes) {
		ByteBuf whole = this.frame;
		if (whole != null && !FragmentWriter.isNeeded(whole, maxBodyBytes)) {
			this.frame = null;
			written();
			return whole;
		}
		FragmentWriter pieces = this.rest;
		if (pieces == null) {
			pieces = new FragmentWriter(Objects.requireNonNull(whole), maxBodyBytes);
			this.rest = pieces;
			this.frame = null;
		}
		ByteBuf piece = pieces.next(allocator);
		if (!pieces.hasNext()) {
			written();
		}
		return piece;
	}

	private void written() {
		releaseFrame();
		this.phase = Phase.WRITTEN;
	}

	/**
	 * The piece taken last is with the channel. Whoever learns here that the call is over
	 * may close the connection.
	 */
	void pieceWritten() {
		if (this.phase == Phase.WRITTEN && this.call.method().oneway()) {
			this.session.onewayWritten(this);
		}
	}

	private void releaseFrame() {
		this.session.status().unqueued(this.queuedBytes);
		this.queuedBytes = 0;
		if (this.frame != null) {
			this.frame.release();
			this.frame = null;
		}
		if (this.rest != null) {
			this.rest.release();
			this.rest = null;
		}
	}

}
