package io.scalesrpc.finagle;

import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.observation.ScalesClientObservationContext;
import io.scalesrpc.observation.ScalesServerObservationContext;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thriftmux.PeerServer;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces go from Scales to Finagle's server and from Finagle's client to Scales.
 */
class TraceTests {

	private static final String HIGH = "0af7651916cd43dd";

	private static final String LOW = "8448eb211c80319c";

	private static final String SPAN = "b7ad6b7169203331";

	private static ClientBuilder<PeerService.Iface> client(FinagleServer server, String header, String value) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Injector(header, value));
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.uri("tcp://" + server.address())
			.observations(ObservationSettings.of(registry));
	}

	private static Map<String, String> seen(ClientBuilder<PeerService.Iface> builder) throws TException {
		try (ClientHandle<PeerService.Iface> client = builder.build()) {
			return client.proxy().contexts();
		}
	}

	private static TraceIdContext sent(Map<String, String> seen) {
		byte[] bytes = HexFormat.of().parseHex(Objects.requireNonNull(seen.get(TraceIdContext.KEY)));
		return Objects.requireNonNull(TraceIdContext.decode(bytes));
	}

	@Test
	void finaglesServerGoesOnWithATraceOf128Bits() throws TException {
		try (FinagleServer server = FinagleServer.start()) {
			Map<String, String> seen = seen(client(server, "traceparent", "00-" + HIGH + LOW + "-" + SPAN + "-01"));
			assertThat(seen).containsEntry("trace-id", LOW);
			TraceIdContext trace = sent(seen);
			assertThat(Long.toHexString(trace.spanId())).isEqualTo(SPAN);
			assertThat("0" + Long.toHexString(trace.traceIdHigh())).isEqualTo(HIGH);
			assertThat(trace.isSampled()).isTrue();
		}
	}

	@Test
	void finaglesServerGoesOnWithATraceOf64BitsThatIsNotRecorded() throws TException {
		try (FinagleServer server = FinagleServer.start()) {
			Map<String, String> seen = seen(client(server, "b3", LOW + "-" + SPAN + "-0-0000000000000007"));
			assertThat(seen).containsEntry("trace-id", LOW);
			TraceIdContext trace = sent(seen);
			assertThat(trace.parentId()).isEqualTo(7);
			assertThat(trace.traceIdHigh()).isZero();
			assertThat(trace.isSamplingKnown()).isTrue();
			assertThat(trace.isSampled()).isFalse();
		}
	}

	@Test
	void finaglesThriftServerIsToldAfterAnUpgrade() throws TException {
		try (FinagleServer server = FinagleServer.startThrift()) {
			Map<String, String> seen = seen(
					client(server, "traceparent", "00-" + HIGH + LOW + "-" + SPAN + "-01").protocol("thrift")
						.option("upgrade", "true"));
			assertThat(seen).containsEntry("trace-id", LOW);
			assertThat(Long.toHexString(sent(seen).spanId())).isEqualTo(SPAN);
		}
	}

	@Test
	void ourServerGoesOnWithTheTraceOfFinaglesClient() {
		Queue<String> parents = new ConcurrentLinkedQueue<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Extractor(parents));
		try (PeerServer server = PeerServer
			.start(ThriftMuxServer.builder().port(0).observations(new ServerObservations(registry, null)));
				FinagleClient client = FinagleClient.of(server.port())) {
			assertThat(client.call("trace " + HIGH + " " + LOW + " " + SPAN + " echo wide")).isEqualTo("OK wide");
			assertThat(client.call("trace 0 " + LOW + " " + SPAN + " echo narrow")).isEqualTo("OK narrow");
			assertThat(client.call("echo undecided")).isEqualTo("OK undecided");
		}
		// The span is that of Finagle's call, below the one that was told.
		assertThat(parents.remove()).matches("00-" + HIGH + LOW + "-[0-9a-f]{16}-01").doesNotContain(SPAN);
		assertThat(parents.remove()).matches("00-0{16}" + LOW + "-[0-9a-f]{16}-01");
		assertThat(parents.remove()).isEqualTo("null");
	}

	/**
	 * Writes what a propagator writes. <em>Immutable</em>.
	 *
	 * @param header the name
	 * @param value the value
	 */
	private record Injector(String header, String value) implements ObservationHandler<ScalesClientObservationContext> {

		@Override
		public void onStart(ScalesClientObservationContext context) {
			context.getSetter().set(context.getCarrier(), this.header, this.value);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ScalesClientObservationContext;
		}

	}

	/**
	 * Reads what a propagator reads. <em>Thread-safe</em>.
	 *
	 * @param parents where to put it
	 */
	private record Extractor(Queue<String> parents) implements ObservationHandler<ScalesServerObservationContext> {

		@Override
		public void onStart(ScalesServerObservationContext context) {
			this.parents.add(String
				.valueOf(context.getGetter().get(Objects.requireNonNull(context.getCarrier()), "traceparent")));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ScalesServerObservationContext;
		}

	}

}
