package io.scalesrpc.benchmark;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;

/** Who is told of calls. <em>Immutable</em>. */
public enum Observers {

	/** Nobody ever: there is no registry. */
	NO_REGISTRY {
		@Override
		public ObservationRegistry registry() {
			return ObservationRegistry.NOOP;
		}
	},

	/** Nobody now: a registry without handlers. */
	NO_HANDLER {
		@Override
		public ObservationRegistry registry() {
			return ObservationRegistry.create();
		}
	},

	/** A timer. */
	TIMER {
		@Override
		public ObservationRegistry registry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
			return registry;
		}
	},

	/** Brave, which records nothing of these traces. */
	TRACED_UNSAMPLED {
		@Override
		public ObservationRegistry registry() {
			return traced(Sampler.NEVER_SAMPLE);
		}
	},

	/** Brave, which records every span, for nobody. */
	TRACED {
		@Override
		public ObservationRegistry registry() {
			return traced(Sampler.ALWAYS_SAMPLE);
		}
	};

	/**
	 * Makes the registry that tells them.
	 * @return a new one
	 */
	public abstract ObservationRegistry registry();

	private static ObservationRegistry traced(Sampler sampler) {
		ThreadLocalCurrentTraceContext current = ThreadLocalCurrentTraceContext.newBuilder().build();
		Tracing tracing = Tracing.newBuilder()
			.currentTraceContext(current)
			.sampler(sampler)
			.addSpanHandler(new Nobody())
			.build();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(new PropagatingSenderTracingObservationHandler<>(
					new BraveTracer(tracing.tracer(), new BraveCurrentTraceContext(current), new BraveBaggageManager()),
					new BravePropagator(tracing)));
		return registry;
	}

	/** Takes spans. */
	private static final class Nobody extends SpanHandler {

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			return true;
		}

	}

}
