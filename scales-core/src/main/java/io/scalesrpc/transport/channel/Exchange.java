package io.scalesrpc.transport.channel;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import org.jspecify.annotations.Nullable;

/**
 * A call on a connection, the same for every protocol: the task that sends its request,
 * and the observer of its outcome. One object for both, because there is one a call.
 *
 * <pre>
 * QUEUED --written--&gt; WRITTEN --answered, or connection lost--&gt; DONE
 * QUEUED --given up, refused, or connection lost--&gt; DONE: nothing was sent
 * WRITTEN --given up--&gt; DONE: the protocol sees to what may still come
 * WRITTEN --head of a streamed answer--&gt; STREAMING --end of the body--&gt; DONE
 * </pre>
 *
 * Whoever is told that the call has ended finds the connection as it is without the call.
 * <em>Confined to the connection's event loop</em>, but for {@link #ended}; until it is
 * handed over, to the thread that dispatches the call.
 *
 * @param <S> the session it takes place in
 */
@Internal
public abstract class Exchange<S extends ChannelSession> extends OwnObserver implements ChannelConnection.Request {

	private final S session;

	private final Call call;

	private Phase phase = Phase.QUEUED;

	/** Where the call stands. */
	private enum Phase {

		QUEUED, WRITTEN, STREAMING, DONE

	}

	/**
	 * Creates an exchange whose request is not written.
	 * @param session where it takes place
	 * @param call the call
	 */
	protected Exchange(S session, Call call) {
		this.session = session;
		this.call = call;
	}

	/** Writes the request, or lets it wait; nobody has given up the call. */
	protected abstract void send();

	/**
	 * Lets go of what is held for the call.
	 * @param unsent whether that is the whole request, of which nothing was written
	 */
	protected abstract void release(boolean unsent);

	/**
	 * Nobody waits any more, and the exchange is about to be done. As a rule an answer
	 * that is owed would be taken for that of another, and so the connection ends.
	 * @param outcome how the call ended
	 */
	protected void abandoned(Outcome outcome) {
		if (isWritten()) {
			this.session.ending().abort();
		}
	}

	/**
	 * Where it takes place.
	 * @return the session
	 */
	public final S session() {
		return this.session;
	}

	/**
	 * Whose request it is.
	 * @return the call
	 */
	public final Call call() {
		return this.call;
	}

	/**
	 * Whether nothing was written and somebody waits.
	 * @return {@code true} until {@link #written()}
	 */
	public final boolean isQueued() {
		return this.phase == Phase.QUEUED;
	}

	/**
	 * Whether an answer is waited for.
	 * @return {@code true} from {@link #written()} on
	 */
	public final boolean isWritten() {
		return this.phase == Phase.WRITTEN;
	}

	/**
	 * Whether nobody waits for anything any more.
	 * @return {@code true} at the end
	 */
	public final boolean isDone() {
		return this.phase == Phase.DONE;
	}

	/** Takes note that the first byte is with the channel, or is about to be. */
	public final void written() {
		this.phase = Phase.WRITTEN;
	}

	/** Takes note that the server knows nothing of the request, and it is to be sent. */
	protected final void requeued() {
		this.phase = Phase.QUEUED;
	}

	/**
	 * The connection runs this. What was given up is not sent, nor is anything if the
	 * connection ends.
	 */
	@Override
	public final void run() {
		if (this.phase != Phase.QUEUED) {
			return;
		}
		if (this.call.isEnded()) {
			over();
			return;
		}
		String refusal = this.session.ending().refusal();
		if (refusal == null) {
			send();
			return;
		}
		giveBack(refusal, null);
		this.session.ending().closeIfDrained();
	}

	/**
	 * Sees to it that nobody waits any more, unless it was the connection that ended the
	 * call. Runs on any thread: the phase read here may be stale, so it is looked at
	 * again.
	 */
	@Override
	public final void ended(Call ended, Outcome outcome) {
		if (this.phase == Phase.DONE) {
			return;
		}
		if (this.session.ending().channel().eventLoop().inEventLoop()) {
			givenUp(outcome);
		}
		else {
			this.session.ending().onLoop(() -> givenUp(outcome));
		}
	}

	private void givenUp(Outcome outcome) {
		if (this.phase == Phase.QUEUED || this.phase == Phase.WRITTEN) {
			abandoned(outcome);
			over();
		}
	}

	/**
	 * Ends the call.
	 * @param outcome how
	 * @return {@code false} if nobody waited any more
	 */
	public final boolean end(Outcome outcome) {
		boolean first = done() && this.call.end(outcome);
		this.session.ending().closeIfDrained();
		return first;
	}

	/**
	 * Ends the call because its answer cannot be read, and it is not known where that
	 * ends; the connection is to end next.
	 * @param cause what was thrown
	 */
	public final void makesNoSense(Throwable cause) {
		// First of all nobody else may get this connection.
		this.session.ending().occupancy().close();
		end(unreadable(cause));
	}

	/**
	 * What a call ends with whose answer cannot be read.
	 * @param cause what was thrown
	 * @return a bug
	 */
	public static Failure unreadable(Throwable cause) {
		return Failure.of(FailureKind.INTERNAL, "answer that makes no sense: " + SessionEnd.text(cause), cause);
	}

	/**
	 * The head of a streamed answer has come: from now on what the call has of the
	 * connection is the body's, until {@link #over()}. The call is then ended by whoever
	 * asks.
	 * @return whether the call is still waited for
	 */
	public final boolean streams() {
		boolean wanted = this.phase == Phase.WRITTEN;
		if (wanted) {
			this.phase = Phase.STREAMING;
		}
		return wanted;
	}

	/** Nothing is left of the call, which has ended: the body of its answer is over. */
	public final void over() {
		done();
		this.session.ending().closeIfDrained();
	}

	/**
	 * Ends the call because the connection is gone, or gives it back if it was not sent.
	 * @param failure what a call ends with that was sent
	 */
	public final void lost(Failure failure) {
		if (this.phase == Phase.QUEUED) {
			giveBack(failure.reason(), failure.cause());
		}
		else {
			end(failure);
		}
	}

	@Override
	public final void giveBack(String reason, @Nullable Throwable cause) {
		if (done()) {
			this.session.ending().occupancy().unsent().giveBack(this.call, reason, cause);
		}
	}

	/**
	 * Ends a call that was not sent because there is no room.
	 * @param reason for what
	 */
	public final void refuse(String reason) {
		if (done()) {
			this.call.end(Failure.of(FailureKind.NOT_SENT, reason));
		}
	}

	private boolean done() {
		Phase last = this.phase;
		if (last == Phase.DONE) {
			return false;
		}
		this.phase = Phase.DONE;
		release(last == Phase.QUEUED);
		this.session.ending().occupancy().finished();
		return true;
	}

}
