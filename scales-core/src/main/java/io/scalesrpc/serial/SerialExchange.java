package io.scalesrpc.serial;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;

/**
 * A call on a connection: its request, until it is written, and whether an answer is
 * owed.
 *
 * <pre>
 * QUEUED --written--&gt; WRITTEN --answered, or connection lost--&gt; DONE
 * QUEUED --given up, or refused--&gt; DONE: nothing was sent, the connection is as it was
 * WRITTEN --given up--&gt; DONE: the connection is closed
 * </pre>
 *
 * <em>Thread-safe</em>: whoever makes a transition, no matter on which thread, does what
 * goes with it.
 */
final class SerialExchange implements Runnable, Observer {

	private final SerialSession session;

	private final Call call;

	private final int sequenceId;

	private final ByteBuf frame;

	private final int bytes;

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

	/** Where the call stands. */
	private enum Phase {

		QUEUED, WRITTEN, DONE

	}

	SerialExchange(SerialSession session, Call call, int sequenceId, ByteBuf frame) {
		this.session = session;
		this.call = call;
		this.sequenceId = sequenceId;
		this.frame = frame;
		this.bytes = frame.readableBytes();
		session.queue().queued(this.bytes);
	}

	/** Sends the request; the connection runs this on its event loop. */
	@Override
	public void run() {
		this.session.send(this);
	}

	/** Tells the connection, unless it was the one to end the call. */
	@Override
	public void ended(Call ended, Outcome outcome) {
		if (!dropRequest() && becomes(Phase.WRITTEN)) {
			this.session.abandon();
			this.session.status().finished();
		}
	}

	Call call() {
		return this.call;
	}

	int sequenceId() {
		return this.sequenceId;
	}

	/** Takes the request to write it; null if it was given up. */
	@Nullable ByteBuf takeRequest() {
		return this.phase.compareAndSet(Phase.QUEUED, Phase.WRITTEN) ? this.frame : null;
	}

	/** The request has left, or cannot any more. */
	void unqueued() {
		this.session.queue().queued(-this.bytes);
	}

	/**
	 * Ends a call that was sent. Whoever is told finds the connection ready for the next.
	 * @return {@code false} if nobody waited any more
	 */
	boolean end(Outcome outcome) {
		boolean mine = becomes(Phase.WRITTEN);
		if (mine) {
			this.session.status().finished();
			this.call.end(outcome);
		}
		return mine;
	}

	/** Gives back a call that was not sent. */
	void refuse(String reason, @Nullable Throwable cause) {
		if (dropRequest()) {
			this.session.status().unsent().giveBack(this.call, reason, cause);
		}
	}

	private boolean dropRequest() {
		boolean mine = becomes(Phase.QUEUED);
		if (mine) {
			this.frame.release();
			unqueued();
			this.session.status().finished();
		}
		return mine;
	}

	/** From a phase to the end. */
	private boolean becomes(Phase from) {
		return this.phase.compareAndSet(from, Phase.DONE);
	}

}
