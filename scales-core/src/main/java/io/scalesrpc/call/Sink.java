package io.scalesrpc.call;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Somewhere a call can be sent: a stage of the stack with all that lies below it. The
 * word is that of Scales (2016). Implementations are <em>thread-safe</em>.
 */
public interface Sink {

	/**
	 * Sends a call on its way. Never blocks and never throws: whatever happens is told
	 * through {@link Call#end(Outcome)}, possibly before this returns, and every call
	 * that is dispatched ends.
	 * @param call the call; it may have ended already
	 */
	void dispatch(Call call);

	/**
	 * How ready this sink is now. Cheap enough to be asked for every call.
	 * @return the state
	 */
	SinkState state();

	/**
	 * Gets ready without waiting for a call, if there is something to get ready.
	 * @param over told once, when the opening is over, whichever way; possibly before
	 * this returns. The state tells how it went
	 */
	void open(Runnable over);

	/**
	 * What is the matter, for people to read.
	 * @return one line; empty if nothing is
	 */
	String problem();

	/**
	 * How long that has been the matter, for people to read.
	 * @return the time in nanoseconds; negative if nothing is the matter, or nobody knows
	 */
	default long problemNanos() {
		return -1;
	}

	/**
	 * How many connections lie below this sink, for people to read.
	 * @return zero or more
	 */
	default int connections() {
		return 0;
	}

	/**
	 * Stops taking calls, lets those in flight finish within the grace time, then ends
	 * them and gives back whatever the sink holds. Safe to call more than once; calls
	 * dispatched afterwards end at once as {@link FailureKind#NOT_SENT}.
	 * @param grace how long calls in flight may take; zero ends them now
	 * @return completes when everything is given back; it never fails
	 */
	CompletionStage<Void> close(Duration grace);

}
