package io.scalesrpc.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.Event;
import org.jspecify.annotations.Nullable;

/**
 * A call on an HTTP/2 connection: a stream of its own, which is reset when nobody waits
 * for the answer any more. The other streams of the connection do not notice.
 *
 * <pre>
 * QUEUED --stream opened--&gt; SENT --answered, reset, or connection lost--&gt; DONE
 * QUEUED --given up, or refused--&gt; DONE: nothing was sent
 * SENT --given up--&gt; DONE: the stream is reset
 * </pre>
 *
 * <em>Thread-safe</em>: whoever makes a transition, no matter on which thread, does what
 * goes with it; the stream is confined to the connection's event loop.
 */
final class Http2Exchange implements Runnable, Observer {

	private final Http2Session session;

	private final Call call;

	private final HttpCodec codec;

	private final FullHttpRequest request;

	private final boolean streamed;

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

	private @Nullable Channel stream;

	/** Where the call stands. */
	private enum Phase {

		QUEUED, SENT, DONE

	}

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call the call
	 * @param codec what made its request
	 * @param request its request, owned by this
	 * @param streamed whether the body of the answer is to be a stream
	 */
	Http2Exchange(Http2Session session, Call call, HttpCodec codec, FullHttpRequest request, boolean streamed) {
		this.session = session;
		this.call = call;
		this.codec = codec;
		this.request = request;
		this.streamed = streamed;
	}

	/** Opens a stream for the request; the connection runs this on its event loop. */
	@Override
	public void run() {
		this.session.open(this);
	}

	/** Tells the server, unless it was the connection that ended the call. */
	@Override
	public void ended(Call ended, Outcome outcome) {
		if (!dropRequest() && becomesDone(Phase.SENT)) {
			this.session.status().finished();
			this.session.context().metrics().count(Event.DISCARDED);
			try {
				this.session.channel().eventLoop().execute(this::closeStream);
			}
			catch (RejectedExecutionException ex) {
				// The event loop is gone, and with it the connection.
			}
		}
	}

	/** How the call ends with an answer, and its stream with it. */
	Outcome outcome(ScalesHttpResponse response) {
		try {
			return this.codec.outcome(this.call, response);
		}
		catch (Throwable ex) {
			return Failure.of(FailureKind.BUG, "answer that makes no sense: " + ex.getMessage(), ex);
		}
	}

	Call call() {
		return this.call;
	}

	boolean isHead() {
		return this.request.method().name().equals("HEAD");
	}

	boolean isStreamed() {
		return this.streamed;
	}

	/** Takes the request to send it; null if it was given up. */
	@Nullable FullHttpRequest takeRequest() {
		return this.phase.compareAndSet(Phase.QUEUED, Phase.SENT) ? this.request : null;
	}

	/** The stream of the request that was taken; it may be too late for it. */
	void stream(Channel opened) {
		this.stream = opened;
		if (this.phase.get() == Phase.DONE) {
			closeStream();
		}
	}

	/** Why the connection ended; empty if it did not, or in good order. */
	String reasonOfConnection() {
		Failure failure = this.session.failure();
		return (failure != null) ? ": " + failure.reason() : "";
	}

	/** An answer begins. */
	void served() {
		this.session.status().served();
	}

	/** The connection is gone before the answer was complete. */
	void lost() {
		if (this.phase.get() == Phase.SENT) {
			this.session.owes();
		}
	}

	/** Ends a call that was sent, and its stream. */
	void end(Outcome outcome) {
		closeStream();
		if (becomesDone(Phase.SENT)) {
			this.session.status().finished();
			this.call.end(outcome);
		}
		this.session.closeIfDrained();
	}

	/**
	 * The request could not be written. A streamed answer that has begun does not mind:
	 * its stream ends with the connection, once what came before is read.
	 */
	void notWritten(Failure failure) {
		if (this.phase.get() == Phase.SENT) {
			end(failure);
		}
	}

	/**
	 * The head of a streamed answer has come: from now on the stream is the body's.
	 * @return whether the call is still waited for
	 */
	boolean answered() {
		return becomesDone(Phase.SENT);
	}

	/** The body of a streamed answer is over, or nobody wants the rest. */
	void over() {
		this.session.status().finished();
		closeStream();
	}

	/** Gives back a call whose request could not be sent. */
	void giveBack(String reason, @Nullable Throwable cause) {
		closeStream();
		if (becomesDone(Phase.SENT)) {
			this.session.status().finished();
			this.session.status().unsent().giveBack(this.call, reason, cause);
		}
		this.session.closeIfDrained();
	}

	/** Gives back a call that was not sent. */
	void refuse(String reason, @Nullable Throwable cause) {
		if (dropRequest()) {
			this.session.status().unsent().giveBack(this.call, reason, cause);
		}
	}

	private boolean dropRequest() {
		boolean mine = becomesDone(Phase.QUEUED);
		if (mine) {
			this.request.release();
			this.session.status().finished();
		}
		return mine;
	}

	/** A stream that is closed before its end is reset. */
	private void closeStream() {
		if (this.stream != null) {
			this.stream.close();
		}
		this.session.closeIfDrained();
	}

	/** From a phase to the end. */
	private boolean becomesDone(Phase from) {
		return this.phase.compareAndSet(from, Phase.DONE);
	}

}
