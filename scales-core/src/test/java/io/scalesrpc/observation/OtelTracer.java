package io.scalesrpc.observation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.propagation.BaggageTextMapPropagator;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** OpenTelemetry. <em>Thread-safe</em>. */
final class OtelTracer extends Tracer {

	private static final List<String> FIELDS = List.of(USER);

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final SdkTracerProvider provider;

	private final io.micrometer.tracing.Tracer tracer;

	OtelTracer() {
		this(SpanExporter.composite());
	}

	/** Spans are reported, too. */
	OtelTracer(SpanExporter reporter) {
		this.provider = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
			.addSpanProcessor(SimpleSpanProcessor.create(reporter))
			.build();
		io.opentelemetry.api.trace.Tracer otel = this.provider.get("scales-tests");
		OtelCurrentTraceContext current = new OtelCurrentTraceContext();
		OtelBaggageManager baggage = new OtelBaggageManager(current, FIELDS, FIELDS);
		this.tracer = new io.micrometer.tracing.otel.bridge.OtelTracer(otel, current, (event) -> {
		}, baggage);
		TextMapPropagator propagators = TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(),
				W3CBaggagePropagator.getInstance(), new BaggageTextMapPropagator(FIELDS, baggage));
		register(this.tracer, new OtelPropagator(ContextPropagators.create(propagators), otel));
	}

	@Override
	io.micrometer.tracing.Tracer tracer() {
		return this.tracer;
	}

	@Override
	List<Span> spans() {
		return this.exporter.getFinishedSpanItems().stream().map(OtelTracer::span).toList();
	}

	private static Span span(SpanData data) {
		Map<String, String> tags = new TreeMap<>();
		data.getAttributes().forEach((key, value) -> tags.put(key.getKey(), String.valueOf(value)));
		String parent = data.getParentSpanId();
		return new Span(data.getName(), data.getKind().name(), data.getTraceId(), data.getSpanId(),
				SpanId.isValid(parent) ? parent : null, tags,
				data.getEvents().stream().map(EventData::getName).filter((name) -> !name.equals("exception")).toList(),
				(data.getStatus().getStatusCode() == StatusCode.ERROR) ? data.getStatus().getDescription() : null);
	}

	/** Waits until all is reported. */
	void flush() {
		this.provider.forceFlush().join(10, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.provider.close();
	}

}
