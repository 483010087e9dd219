package io.scalesrpc.observation;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observation whose handlers and names, which are the application's, may fail without
 * costing a call: that is logged at debug level, and the observation goes on to its end.
 * Nothing here throws. <em>Thread-safe</em> as far as the observation is.
 */
public final class SafeObservation {

	private static final Logger logger = LoggerFactory.getLogger(SafeObservation.class);

	private final Observation observation;

	private SafeObservation(Observation observation) {
		this.observation = observation;
	}

	/**
	 * Makes and starts an observation. Conventions and predicates, which decide whether
	 * it is made and how, may fail as handlers may. Those handlers that had begun when
	 * another one failed are told that it is over, as far as that one lets them.
	 * @param maker makes it, not started
	 * @return the observation, or {@code null} if there is none: nobody wants it, or
	 * somebody failed
	 */
	public static @Nullable SafeObservation start(Supplier<Observation> maker) {
		Observation made = made(maker);
		if (made == null || made.isNoop()) {
			return null;
		}
		SafeObservation safe = new SafeObservation(made);
		if (safe.safely("started", made::start)) {
			return safe;
		}
		safe.stop();
		return null;
	}

	private static @Nullable Observation made(Supplier<Observation> maker) {
		try {
			return maker.get();
		}
		catch (RuntimeException ex) {
			logger.debug("An observation cannot be made", ex);
			return null;
		}
	}

	Observation observation() {
		return this.observation;
	}

	void event(Observation.Event event) {
		safely("told of an event", () -> this.observation.event(event));
	}

	/**
	 * Tells of an error.
	 * @param error what went wrong
	 */
	public void error(Throwable error) {
		safely("told of an error", () -> this.observation.error(error));
	}

	/** Ends the observation. */
	public void stop() {
		safely("stopped", this.observation::stop);
	}

	/**
	 * Makes the observation current on this thread.
	 * @return ends that on the same thread
	 */
	public Runnable openScope() {
		Observation.Scope[] scope = new Observation.Scope[1];
		safely("made current", () -> scope[0] = this.observation.openScope());
		return () -> {
			if (scope[0] != null) {
				safely("left", scope[0]::close);
			}
		};
	}

	private boolean safely(String what, Runnable action) {
		try {
			action.run();
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("[{}] the observation cannot be {}", this.observation.getContext().getName(), what, ex);
			return false;
		}
	}

}
