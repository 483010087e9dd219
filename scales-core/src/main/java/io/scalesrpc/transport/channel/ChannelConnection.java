package io.scalesrpc.transport.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection over one channel as the stack sees it, the same for every protocol: has
 * calls encoded on the thread that dispatches them and hands them over to the channel's
 * event loop. <em>Thread-safe</em>.
 */
@Internal
public abstract class ChannelConnection implements Connection {

	private final SessionEnd end;

	private final Timer timer;

	/**
	 * Creates the connection of a session that takes calls.
	 * @param session speaks on the channel
	 * @param timer ends the grace of a connection that is closed
	 */
	protected ChannelConnection(ChannelSession session, Timer timer) {
		this.end = session.ending();
		this.timer = timer;
	}

	/**
	 * Makes the request of a call, on the thread that dispatches it. What it throws ends
	 * the call as a bug; nothing is left of the request then.
	 * @param call the call
	 * @return the request
	 * @throws Exception if the call cannot be encoded
	 */
	protected abstract Request encode(Call call) throws Exception;

	@Override
	public final void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		String refusal = this.end.occupancy().begin();
		if (refusal == null) {
			encodeAndSend(call);
			return;
		}
		if (this.end.occupancy().isEnding()) {
			this.end.occupancy().unsent().giveBack(call, refusal, null);
		}
		else {
			call.end(Failure.of(FailureKind.NOT_SENT, refusal));
		}
		closeIfDrained();
	}

	private void encodeAndSend(Call call) {
		Request request;
		try {
			request = encode(call);
		}
		catch (Throwable ex) {
			this.end.occupancy().finished();
			call.end(notSent(ex));
			closeIfDrained();
			return;
		}
		if (request.enqueue()) {
			send(call, request);
		}
		else {
			closeIfDrained();
		}
	}

	/**
	 * What a call ends with whose request was not made.
	 * @param cause what {@link #encode} threw
	 * @return a bug, unless the protocol knows better
	 */
	protected Failure notSent(Throwable cause) {
		return notEncoded(cause);
	}

	/**
	 * What a call ends with that cannot be encoded.
	 * @param cause what was thrown
	 * @return a bug
	 */
	public static Failure notEncoded(Throwable cause) {
		return Failure.of(FailureKind.INTERNAL, "request that cannot be encoded: " + cause.getMessage(), cause);
	}

	/**
	 * Whether a call that is made on the event loop is sent before its dispatch returns,
	 * in the middle of whatever happens there.
	 * @return {@code false} if it waits for its turn, as where one call has to be over
	 * before the next begins
	 */
	protected boolean sendsAtOnce() {
		return false;
	}

	/** Registered first, so that whatever ends the call from here on is seen. */
	private void send(Call call, Request request) {
		call.onOutcome(request);
		EventLoop loop = this.end.channel().eventLoop();
		if (sendsAtOnce() && loop.inEventLoop()) {
			request.run();
			return;
		}
		try {
			loop.execute(request);
		}
		catch (RejectedExecutionException ex) {
			request.giveBack("connection is closed", ex);
		}
	}

	/** The event loop may have found a call here when it wanted to end a connection. */
	private void closeIfDrained() {
		if (isDraining()) {
			this.end.onLoop(this.end::closeIfDrained);
		}
	}

	@Override
	public SinkState state() {
		return this.end.occupancy().state();
	}

	@Override
	public final boolean isDraining() {
		return this.end.occupancy().isDraining();
	}

	@Override
	public final boolean hasServed() {
		return this.end.occupancy().hasServed();
	}

	@Override
	public final void whenFree(Runnable listener) {
		this.end.occupancy().whenIdle(listener);
	}

	/** Listens for a moment, the shortest there is. */
	@Override
	public final void check(Runnable over) {
		try {
			this.end.channel().eventLoop().schedule(over, 1, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			over.run();
		}
	}

	@Override
	public final void onUnsent(Consumer<Call> taker) {
		this.end.occupancy().unsent().to(taker);
	}

	@Override
	public final void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	@Override
	public final CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.end.channel().closeFuture().addListener((done) -> closed.complete(null));
		if (grace.isZero()) {
			onLoopOrClose(this.end::abort);
		}
		else {
			abortAfter(grace);
			onLoopOrClose(this.end::drain);
		}
		return closed;
	}

	private void abortAfter(Duration grace) {
		Timeout timeout = this.timer.schedule(() -> onLoopOrClose(this.end::abort), grace.toNanos(),
				TimeUnit.NANOSECONDS);
		this.end.channel().closeFuture().addListener((done) -> timeout.cancel());
	}

	private void onLoopOrClose(Runnable task) {
		if (!this.end.onLoop(task)) {
			this.end.channel().close();
		}
	}

	/**
	 * The request of a call that the connection takes: told when the call ends, and run
	 * by the event loop to be sent.
	 */
	public interface Request extends Runnable, Observer {

		/**
		 * Takes its place among the requests that wait to be written. Runs on the thread
		 * that dispatches the call.
		 * @return {@code false} if there is no room: then the call has ended
		 */
		default boolean enqueue() {
			return true;
		}

		/**
		 * Gives back the call, of which nothing was sent, because the connection ends.
		 * @param reason why
		 * @param cause what was thrown, if anything was
		 */
		void giveBack(String reason, @Nullable Throwable cause);

	}

}
