package io.scalesrpc.observation;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.BaggageInScope;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.observation.Tracer.Span;
import io.scalesrpc.server.RejectedCallException;
import io.scalesrpc.server.ServerCall;
import io.scalesrpc.server.ServerInterceptor;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What calls leave in traces, over real sockets between client and server, whoever the
 * tracer is.
 */
abstract class TracingContract {

	private static final String METHOD = PeerService.class.getName() + "/echo";

	private final Tracer tracer;

	private final List<AutoCloseable> open = new ArrayList<>();

	TracingContract(Tracer tracer) {
		this.tracer = tracer;
		this.open.add(tracer);
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	/** Starts a server whose {@code echo} answers with what a supplier says. */
	private ThriftMuxServer server(Supplier<String> echo, ServerInterceptor interceptor) {
		PeerService.Iface handler = (PeerService.Iface) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, (proxy, method, arguments) -> echo.get());
		ThriftMuxServer server = ThriftMuxServer.builder()
			.service(PeerService.class, handler)
			.interceptor(interceptor)
			.observations(new ServerObservations(this.tracer.registry, null))
			.build();
		this.open.add(server.start());
		return server;
	}

	private ThriftMuxServer server(Supplier<String> echo) {
		return server(echo, ServerInterceptor.NONE);
	}

	private ClientBuilder<PeerService.Iface> client(String name, ThriftMuxServer server) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name(name)
			.uri("tcp://127.0.0.1:" + server.address().getPort())
			.observations(ObservationSettings.of(this.tracer.registry));
	}

	private PeerService.Iface build(ClientBuilder<PeerService.Iface> builder) {
		ClientHandle<PeerService.Iface> handle = builder.build();
		this.open.add(handle);
		return handle.proxy();
	}

	private Span span(String kind) {
		return this.tracer.spans().stream().filter((span) -> span.kind().equals(kind)).findFirst().orElseThrow();
	}

	@Test
	void theSpanOfTheServerIsBelowThatOfTheClientAndThatBelowTheCallers() throws Exception {
		PeerService.Iface peer = build(client("peer", server(() -> "hello")));
		Observation around = Observation.start("request", this.tracer.registry);
		around.scopedChecked(() -> assertThat(peer.echo("hi")).isEqualTo("hello"));
		around.stop();
		Span server = span("SERVER");
		Span client = span("CLIENT");
		Span caller = this.tracer.spans().get(2);
		assertThat(server.parentId()).isEqualTo(client.id());
		assertThat(client.parentId()).isEqualTo(caller.id());
		assertThat(List.of(server.traceId(), client.traceId())).containsOnly(caller.traceId());
		assertThat(List.of(server.name(), client.name()))
			.allSatisfy((name) -> assertThat(name).isEqualToIgnoringCase(METHOD));
	}

	@Test
	void aCallThatAHandlerMakesIsBelowItsServer() throws Exception {
		PeerService.Iface far = build(client("far", server(() -> "far")));
		PeerService.Iface near = build(client("near", server(() -> echo(far))));
		assertThat(near.echo("hi")).isEqualTo("far");
		List<Span> spans = this.tracer.spans();
		// The innermost ends first.
		assertThat(spans).extracting(Span::kind).containsExactly("SERVER", "CLIENT", "SERVER", "CLIENT");
		for (int i = 0; i < 3; i++) {
			assertThat(spans.get(i).parentId()).isEqualTo(spans.get(i + 1).id());
		}
		assertThat(spans.get(3).parentId()).isNull();
	}

	private static String echo(PeerService.Iface peer) {
		try {
			return peer.echo("hi");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void finaglesContextSaysTheSameAsTheHeaders() throws Exception {
		PeerService.Iface peer = build(client("peer", server(() -> {
			byte[] value = ServerCall.current().contexts().get(TraceIdContext.KEY);
			TraceIdContext trace = TraceIdContext.decode(value);
			return String.format("%016x%016x %016x %b", trace.traceIdHigh(), trace.traceId(), trace.spanId(),
					trace.isSampled());
		})));
		String seen = peer.echo("");
		Span client = span("CLIENT");
		String wide = "0".repeat(32 - client.traceId().length()) + client.traceId();
		assertThat(seen).isEqualTo(wide + " " + client.id() + " true");
	}

	@Test
	void keysSayWhatWasCalledAndHowItEnded() throws Exception {
		ThriftMuxServer server = server(() -> "hello");
		build(client("peer", server).option("client-id", "tests")).echo("hi");
		assertThat(span("CLIENT").tags()).containsAllEntriesOf(Map.of("scales.client", "peer", "rpc.system.name",
				"thriftmux", "rpc.method", METHOD, "rpc.status_code", "OK", "error.type", "none", "server.address",
				"127.0.0.1", "server.port", Integer.toString(server.address().getPort()), "scales.attempts", "1"));
		assertThat(span("SERVER").tags()).containsAllEntriesOf(Map.of("rpc.system.name", "thriftmux", "rpc.method",
				METHOD, "error.type", "none", "scales.client.id", "tests", "network.peer.address", "127.0.0.1"));
		assertThat(span("CLIENT").events()).containsExactly("attempt 1: 127.0.0.1:" + server.address().getPort());
	}

	@Test
	void aFailureOfAHandlerIsAnErrorOfBothSpans() {
		PeerService.Iface peer = build(client("peer", server(() -> {
			throw new IllegalStateException("boom");
		})));
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> peer.echo("hi"));
		assertThat(span("SERVER").error()).isEqualTo("boom");
		assertThat(span("SERVER").tags()).containsEntry("error.type", "java.lang.IllegalStateException");
		assertThat(span("CLIENT").error()).contains("[peer]", "boom");
		assertThat(span("CLIENT").tags()).containsEntry("error.type", "remote")
			.containsEntry("rpc.status_code", "REMOTE");
	}

	@Test
	void attemptsAreEventsOfTheCall() throws Exception {
		ThriftMuxServer server = server(() -> "hello", rejectingFirst());
		build(client("peer", server)).echo("hi");
		String member = "127.0.0.1:" + server.address().getPort();
		Span client = span("CLIENT");
		assertThat(client.events()).hasSize(3).first().isEqualTo("attempt 1: " + member);
		assertThat(client.events().get(1)).startsWith("retry: ");
		assertThat(client.events().get(2)).isEqualTo("attempt 2: " + member);
		assertThat(client.tags()).containsEntry("scales.attempts", "2");
		assertThat(this.tracer.spans()).filteredOn((span) -> span.kind().equals("SERVER"))
			.hasSize(2)
			.allSatisfy((span) -> assertThat(span.parentId()).isEqualTo(client.id()));
	}

	@Test
	void attemptsAreSpansOfTheirOwnIfAskedFor() throws Exception {
		ThriftMuxServer server = server(() -> "hello", rejectingFirst());
		build(client("peer", server).observations(ObservationSettings.of(this.tracer.registry).withAttempts()))
			.echo("hi");
		List<Span> spans = this.tracer.spans();
		assertThat(spans).extracting(Span::kind).containsExactly("SERVER", "CLIENT", "SERVER", "CLIENT", "CLIENT");
		Span call = spans.get(4);
		for (int i = 0; i < 4; i += 2) {
			assertThat(spans.get(i).parentId()).isEqualTo(spans.get(i + 1).id());
			assertThat(spans.get(i + 1).parentId()).isEqualTo(call.id());
		}
		assertThat(spans.get(1).tags()).containsEntry("scales.attempt", "1").containsEntry("error.type", "not_sent");
		assertThat(spans.get(3).tags()).containsEntry("scales.attempt", "2").containsEntry("error.type", "none");
		assertThat(call.error()).isNull();
	}

	private static ServerInterceptor rejectingFirst() {
		AtomicInteger calls = new AtomicInteger();
		return (call, handler) -> {
			if (calls.getAndIncrement() == 0) {
				throw RejectedCallException.retryable();
			}
			handler.run();
		};
	}

	@Test
	void baggageGoesAlong() throws Exception {
		PeerService.Iface peer = build(
				client("peer", server(() -> String.valueOf(this.tracer.tracer().getBaggage(Tracer.USER).get()))));
		Observation around = Observation.start("request", this.tracer.registry);
		around.scopedChecked(() -> {
			BaggageInScope baggage = this.tracer.tracer().createBaggageInScope(Tracer.USER, "alice");
			try {
				assertThat(peer.echo("hi")).isEqualTo("alice");
			}
			finally {
				baggage.close();
			}
		});
		around.stop();
	}

	@Test
	void theObservationOfTheCallerIsCurrentInCallbacks() throws Exception {
		ThriftMuxServer server = server(() -> "hello");
		ClientHandle<Echo> handle = ScalesClients.builder(Echo.class)
			.name("peer")
			.service(PeerService.class)
			.uri("tcp://127.0.0.1:" + server.address().getPort())
			.observations(ObservationSettings.of(this.tracer.registry))
			.methodOption("echo", Idempotence.KEY, true)
			.build();
		this.open.add(handle);
		Observation around = Observation.start("request", this.tracer.registry);
		CompletableFuture<Observation> seen = new CompletableFuture<>();
		around.scoped(() -> handle.proxy()
			.echo("hi")
			.thenAccept((text) -> seen.complete(this.tracer.registry.getCurrentObservation())));
		assertThat(seen).succeedsWithin(Duration.ofSeconds(5)).isSameAs(around);
		around.stop();
	}

	/** The service, without waiting. */
	interface Echo {

		CompletableFuture<String> echo(String s);

	}

}
