package io.scalesrpc.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Tracing;
import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.Propagation;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.W3CPropagation;

/** Brave. <em>Thread-safe</em>. */
final class BraveTracer extends Tracer {

	private static final List<String> FIELDS = List.of(USER);

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private final BraveBaggageManager baggage = new BraveBaggageManager(FIELDS, FIELDS);

	private final ThreadLocalCurrentTraceContext current = ThreadLocalCurrentTraceContext.newBuilder().build();

	private final Tracing tracing;

	private final io.micrometer.tracing.Tracer tracer;

	private BraveTracer(Propagation.Factory propagation, boolean wide, Sampler sampler, SpanHandler reporter) {
		this.tracing = Tracing.newBuilder()
			.currentTraceContext(this.current)
			.propagationFactory(BaggagePropagation.newFactoryBuilder(propagation)
				.add(SingleBaggageField.remote(BaggageField.create(USER)))
				.build())
			.supportsJoin(false)
			.traceId128Bit(wide)
			.sampler(sampler)
			.addSpanHandler(new Collector())
			.addSpanHandler(reporter)
			.build();
		this.tracer = new io.micrometer.tracing.brave.bridge.BraveTracer(this.tracing.tracer(),
				new BraveCurrentTraceContext(this.current), this.baggage);
		register(this.tracer, new BravePropagator(this.tracing));
	}

	/** With W3C's headers and ids of 128 bits, as with Spring Boot. */
	static BraveTracer w3c() {
		return reportingTo(SpanHandler.NOOP);
	}

	/** The same, and spans are reported. */
	static BraveTracer reportingTo(SpanHandler reporter) {
		return new BraveTracer(new W3CPropagation(new BraveBaggageManager(FIELDS, FIELDS), FIELDS), true,
				Sampler.ALWAYS_SAMPLE, reporter);
	}

	/** With Zipkin's headers and ids of 64 bits. */
	static BraveTracer b3() {
		return new BraveTracer(B3Propagation.FACTORY, false, Sampler.ALWAYS_SAMPLE, SpanHandler.NOOP);
	}

	@Override
	io.micrometer.tracing.Tracer tracer() {
		return this.tracer;
	}

	@Override
	List<Span> spans() {
		return this.spans;
	}

	@Override
	public void close() {
		this.tracing.close();
	}

	/** Keeps spans. */
	private final class Collector extends SpanHandler {

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			BraveTracer.this.spans.add(new Span(String.valueOf(span.name()), String.valueOf(span.kind()),
					span.traceId(), span.id(), span.parentId(), span.tags(),
					span.annotations().stream().map((entry) -> entry.getValue()).toList(),
					(span.error() != null) ? span.error().getMessage() : null));
			return true;
		}

	}

}
