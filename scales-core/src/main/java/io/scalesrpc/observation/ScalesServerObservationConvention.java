package io.scalesrpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and keys of the observations of calls that a server handles. Implementations
 * are <em>thread-safe</em>.
 */
public interface ScalesServerObservationConvention extends ObservationConvention<ScalesServerObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ScalesServerObservationContext;
	}

}
