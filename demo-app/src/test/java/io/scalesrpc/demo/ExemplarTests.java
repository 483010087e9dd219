package io.scalesrpc.demo;

import java.time.Duration;
import java.util.List;
import java.util.Properties;

import brave.Span;
import brave.Tracing;
import brave.propagation.ThreadLocalCurrentTraceContext;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.demo.fleet.PricingHandler;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.server.ThriftMuxServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a bucket of a histogram to the trace of a call that is in it, in what a Prometheus
 * reads.
 */
class ExemplarTests {

	private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

	private final Spans spans = new Spans();

	private final Tracing tracing = Tracing.newBuilder()
		.currentTraceContext(ThreadLocalCurrentTraceContext.newBuilder().build())
		.addSpanHandler(this.spans)
		.build();

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(new InBucketsOnly(),
			new PrometheusRegistry(), Clock.SYSTEM, new Current(this.tracing));

	@Test
	void aBucketNamesTheTraceOfACallInIt() throws Exception {
		this.meters.config().meterFilter(new Buckets());
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new PropagatingSenderTracingObservationHandler<>(new BraveTracer(this.tracing.tracer(),
					new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager()),
					new BravePropagator(this.tracing)));
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.service(Pricing.class, new PricingHandler("pricing-1"))
			.build()
			.start();
				ClientHandle<Pricing.Iface> client = ScalesClients.builder(Pricing.Iface.class)
					.name("pricing")
					.uri("tcp://localhost:" + server.port())
					.meterRegistry(this.meters)
					.rpcMeters(true)
					.observations(ObservationSettings.of(observations))
					.build()) {
			client.proxy().price("anvil");
			String trace = this.spans.await(1).get(0).traceId();
			List<String> exemplars = this.meters.scrape(OPEN_METRICS)
				.lines()
				.filter((line) -> line.contains("trace_id=\"" + trace + "\""))
				.toList();
			for (String meter : List.of("scales_client_requests_seconds_bucket",
					"rpc_client_call_duration_seconds_bucket")) {
				assertThat(exemplars).filteredOn((line) -> line.startsWith(meter)).hasSize(1);
			}
			assertThat(exemplars).allSatisfy((line) -> assertThat(line).contains("_bucket{"));
		}
		finally {
			this.tracing.close();
		}
	}

	/**
	 * As the property of the demo has it. <em>Immutable</em>.
	 */
	private static final class InBucketsOnly implements PrometheusConfig {

		@Override
		public @Nullable String get(String key) {
			return null;
		}

		@Override
		public Properties prometheusProperties() {
			Properties properties = new Properties();
			properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
			return properties;
		}

	}

	/**
	 * All timers are histograms. <em>Stateless</em>.
	 */
	private static final class Buckets implements MeterFilter {

		@Override
		public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
			return DistributionStatisticConfig.builder()
				.serviceLevelObjectives(Duration.ofSeconds(1).toNanos())
				.build()
				.merge(config);
		}

	}

	/**
	 * The current span of Brave, as Spring Boot tells it.
	 *
	 * @param tracing knows it
	 */
	private record Current(Tracing tracing) implements SpanContext {

		private @Nullable Span span() {
			return this.tracing.tracer().currentSpan();
		}

		@Override
		public @Nullable String getCurrentTraceId() {
			Span span = span();
			return (span != null) ? span.context().traceIdString() : null;
		}

		@Override
		public @Nullable String getCurrentSpanId() {
			Span span = span();
			return (span != null) ? span.context().spanIdString() : null;
		}

		@Override
		public boolean isCurrentSpanSampled() {
			Span span = span();
			return span != null && Boolean.TRUE.equals(span.context().sampled());
		}

		@Override
		public void markCurrentSpanAsExemplar() {
			// Nobody keeps that.
		}

	}

}
