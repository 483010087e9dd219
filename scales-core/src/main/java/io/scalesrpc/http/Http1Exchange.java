package io.scalesrpc.http;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

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
final class Http1Exchange implements Runnable, Observer {

	private final Http1Session session;

	private final Call call;

	private final HttpCodec codec;

	private final ByteBuf request;

	private final boolean head;

	private final boolean streamed;

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

	/** Where the call stands. */
	private enum Phase {

		QUEUED, WRITTEN, DONE

	}

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call the call
	 * @param codec what made its request
	 * @param given its request
	 * @param request the bytes of it, owned by this
	 */
	Http1Exchange(Http1Session session, Call call, HttpCodec codec, ScalesHttpRequest given, ByteBuf request) {
		this.session = session;
		this.call = call;
		this.codec = codec;
		this.request = request;
		// The answer to a HEAD has no body, whatever it says.
		this.head = given.method().equals("HEAD");
		this.streamed = given.isStreamed();
	}

	Call call() {
		return this.call;
	}

	/**
	 * How the call ends with an answer. One that makes no sense ends the call, and what
	 * was thrown then ends the connection.
	 */
	Outcome outcome(ScalesHttpResponse response) {
		try {
			return this.codec.outcome(this.call, response);
		}
		catch (Throwable ex) {
			// First of all nobody else may get this connection.
			this.session.status().close();
			end(Failure.of(FailureKind.BUG, "answer that makes no sense: " + ex.getMessage(), ex));
			throw ex;
		}
	}

	boolean isHead() {
		return this.head;
	}

	boolean isStreamed() {
		return this.streamed;
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

	/** Takes the request to write it; null if it was given up. */
	@Nullable ByteBuf takeRequest() {
		return this.phase.compareAndSet(Phase.QUEUED, Phase.WRITTEN) ? this.request : null;
	}

	/**
	 * Ends a call that was sent. Whoever is told finds the connection ready for the next.
	 */
	void end(Outcome outcome) {
		if (becomes(Phase.WRITTEN)) {
			this.session.status().finished();
			this.call.end(outcome);
		}
	}

	/**
	 * The head of a streamed answer has come: from now on the connection is the body's.
	 * @return whether the call is still waited for
	 */
	boolean answered() {
		return becomes(Phase.WRITTEN);
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
			this.request.release();
			this.session.status().finished();
		}
		return mine;
	}

	/** From a phase to the end. */
	private boolean becomes(Phase from) {
		return this.phase.compareAndSet(from, Phase.DONE);
	}

}
