package io.scalesrpc.observation;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a trace of the calls of a client. <em>Immutable</em>.
 *
 * @param registry who is told; while it has no handlers a call costs a look at it, and
 * {@link ObservationRegistry#NOOP} costs nothing
 * @param convention names and keys, or {@code null} for those of the registry, or else
 * {@link DefaultScalesClientObservationConvention}
 * @param attempts whether every attempt is an observation of its own, below that of its
 * call; otherwise attempts are events of it
 */
public record ObservationSettings(ObservationRegistry registry, @Nullable ScalesClientObservationConvention convention,
		boolean attempts) {

	/** Nobody is told. */
	public static final ObservationSettings OFF = of(ObservationRegistry.NOOP);

	/**
	 * Settings with the defaults.
	 * @param registry who is told
	 * @return the settings: attempts are events
	 */
	public static ObservationSettings of(ObservationRegistry registry) {
		return new ObservationSettings(registry, null, false);
	}

	/**
	 * The same, with names and keys of one's own.
	 * @param newConvention names and keys
	 * @return the settings
	 */
	public ObservationSettings withConvention(ScalesClientObservationConvention newConvention) {
		return new ObservationSettings(this.registry, newConvention, this.attempts);
	}

	/**
	 * The same, with an observation of its own for each attempt.
	 * @return the settings
	 */
	public ObservationSettings withAttempts() {
		return new ObservationSettings(this.registry, this.convention, true);
	}

	/**
	 * Whether anybody may ever be told.
	 * @return {@code false} for {@link ObservationRegistry#NOOP}
	 */
	public boolean isOn() {
		return this.registry != ObservationRegistry.NOOP;
	}

}
