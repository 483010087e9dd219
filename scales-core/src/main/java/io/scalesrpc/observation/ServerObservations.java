package io.scalesrpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a trace of the calls that a server handles. <em>Immutable</em>.
 *
 * @param registry who is told
 * @param convention names and keys, or {@code null} for those of the registry, or else
 * {@link DefaultScalesServerObservationConvention}
 */
public record ServerObservations(ObservationRegistry registry, @Nullable ScalesServerObservationConvention convention) {

	private static final ScalesServerObservationConvention DEFAULT = new DefaultScalesServerObservationConvention();

	/**
	 * Whether anybody is told now.
	 * @return {@code false} while the registry has no handlers
	 */
	public boolean isOn() {
		return !this.registry.isNoop();
	}

	/**
	 * Begins the observation of a call, as a part of the trace that the client sent.
	 * @param context what there is to tell of it
	 * @return the observation, to be stopped by the caller; not current on this thread.
	 * {@code null} if a handler or a convention of the application failed: the call goes
	 * on unobserved
	 */
	public @Nullable SafeObservation start(ScalesServerObservationContext context) {
		return SafeObservation
			.start(() -> Observation.createNotStarted(this.convention, DEFAULT, () -> context, this.registry));
	}

}
