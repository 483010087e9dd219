package io.scalesrpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and keys of the observations of calls. With Spring a bean of this type counts
 * for all clients. Implementations are <em>thread-safe</em>.
 */
public interface ScalesClientObservationConvention extends ObservationConvention<ScalesClientObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ScalesClientObservationContext;
	}

}
