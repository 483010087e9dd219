package io.scalesrpc.observation;

import java.util.List;
import java.util.Map;

import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * A tracer behind Micrometer's bridge, and the spans that it has finished.
 * <em>Thread-safe</em>.
 */
abstract class Tracer implements AutoCloseable {

	/** The field of baggage that goes along. */
	static final String USER = "user";

	final ObservationRegistry registry = ObservationRegistry.create();

	/** Registers the handlers that Spring Boot registers. */
	void register(io.micrometer.tracing.Tracer tracer, Propagator propagator) {
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
					new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
					new DefaultTracingObservationHandler(tracer)));
	}

	abstract io.micrometer.tracing.Tracer tracer();

	/** Those that have ended, in that order. */
	abstract List<Span> spans();

	@Override
	public abstract void close();

	/**
	 * A span that has ended. <em>Immutable</em>.
	 *
	 * @param name its name
	 * @param kind in upper case
	 * @param traceId in hexadecimal
	 * @param id in hexadecimal
	 * @param parentId in hexadecimal, or {@code null} for none
	 * @param tags all keys and values
	 * @param events in their order
	 * @param error what went wrong, or {@code null}
	 */
	record Span(String name, String kind, String traceId, String id, @Nullable String parentId,
			Map<String, String> tags, List<String> events, @Nullable String error) {
	}

}
