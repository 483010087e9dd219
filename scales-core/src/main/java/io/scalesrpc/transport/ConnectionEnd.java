package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection over one channel, the same for every protocol: in good order
 * within a grace, or at once. <em>Thread-safe</em>.
 *
 * @param session speaks on the channel
 * @param timer ends the grace
 */
public record ConnectionEnd(ChannelSession session, Timer timer) {

	/**
	 * Registers who is told that the connection is gone.
	 * @param listener told why, as {@link Connection#onClosed} says
	 */
	public void tell(Consumer<@Nullable Failure> listener) {
		this.session.ending().tell(listener);
	}

	/**
	 * Finds out whether it has come about, and nobody here has noticed: listens for a
	 * moment, the shortest there is.
	 * @param over told then, on the connection's event loop, or on this thread if that is
	 * gone
	 */
	public void check(Runnable over) {
		try {
			this.session.channel().eventLoop().schedule(over, 1, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			over.run();
		}
	}

	/**
	 * Ends a call that was not taken, or gives it back because the connection ends.
	 * @param call the call
	 * @param refusal why it was not taken
	 * @param status of the connection
	 */
	public void refuse(Call call, String refusal, Occupancy status) {
		if (status.isEnding()) {
			status.unsent().giveBack(call, refusal, null);
		}
		else {
			call.end(Failure.of(FailureKind.NOT_SENT, refusal));
		}
	}

	/**
	 * Brings it about.
	 * @param grace how long calls in flight may take; zero ends them now
	 * @return completes when the channel is closed; never fails
	 */
	public CompletionStage<Void> begin(Duration grace) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.session.channel().closeFuture().addListener((done) -> closed.complete(null));
		if (grace.isZero()) {
			onLoop(this.session::abort);
		}
		else {
			abortAfter(grace);
			onLoop(this.session::drainAndClose);
		}
		return closed;
	}

	private void abortAfter(Duration grace) {
		Timeout timeout = this.timer.schedule(() -> onLoop(this.session::abort), grace.toNanos(), TimeUnit.NANOSECONDS);
		this.session.channel().closeFuture().addListener((done) -> timeout.cancel());
	}

	private void onLoop(Runnable task) {
		try {
			this.session.channel().eventLoop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.session.channel().close();
		}
	}

}
