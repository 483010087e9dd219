package io.scalesrpc.thrifthttp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.PatientPeer;
import io.scalesrpc.thrift.PeerCalls;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TMultiplexedProcessor;
import org.apache.thrift.TProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole stack against libthrift's own servlet. */
@Sockets
class ServletServerTests {

	private final PatientPeer peer = new PatientPeer();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	/** The same service without blocking. */
	interface Async {

		CompletableFuture<Integer> add(int a, int b);

	}

	@ParameterizedTest
	@CsvSource({ "BINARY, 1.1", "COMPACT, 1.1", "JSON, 1.1", "BINARY, 2", "COMPACT, 2", "JSON, 2" })
	void everyKindOfCallIsServed(ThriftEncoding encoding, String version) throws Exception {
		try (ServletServer server = server(encoding);
				ClientHandle<PeerService.Iface> client = client(server, encoding).option("version", version).build()) {
			PeerService.Iface proxy = client.proxy();
			// JSON is read and written byte by byte, which leak detection makes slow.
			PeerCalls.areServed(proxy, (encoding == ThriftEncoding.JSON) ? 50 : 2000);
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> proxy.failUndeclared("why"))
				.withCauseInstanceOf(TApplicationException.class);
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> proxy.echo("null"))
				.withMessageContaining("unknown result");
			proxy.fire("and forget");
			assertThat(this.peer.fired.poll()).isEqualTo("and forget");
			assertThat(proxy.add(3, 4)).isEqualTo(7);
			assertThat(opened()).isEqualTo(1);
		}
	}

	@Test
	void theServerMayBeNamedByAUriOfTheWeb() throws Exception {
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY)
					.uri("http://127.0.0.1:" + server.port())
					.build()) {
			assertThat(client.proxy().add(1, 2)).isEqualTo(3);
		}
	}

	@Test
	void compressedAnswersAreUnpacked() throws Exception {
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY).option("gzip", "true")
					.build()) {
			String text = "again and ".repeat(1000);
			assertThat(client.proxy().echo(text)).isEqualTo(text);
			assertThat(this.meters.get(MeterNames.BYTES).tag("direction", "received").counter().count()).isBetween(1.0,
					2000.0);
		}
	}

	@Test
	void manyCallsAtOnceKeepTheirConnections() throws Exception {
		PoolSettings eight = new PoolSettings(1, 8, 1024, Duration.ofMinutes(1), Duration.ZERO);
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY).pool(eight).build()) {
			Async async = client.proxy(Async.class, PeerService.class);
			for (int round = 0; round < 20; round++) {
				List<CompletableFuture<Integer>> sums = new ArrayList<>();
				for (int i = 0; i < 64; i++) {
					sums.add(async.add(i, round));
				}
				for (int i = 0; i < 64; i++) {
					assertThat(sums.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(i + round);
				}
			}
			assertThat(opened()).isBetween(2, 8);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1.1, 3", "2, 1" })
	void theCallAfterATimeoutGetsItsOwnAnswer(String version, int connections) throws Exception {
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY)
					.option("version", version)
					.methodTimeout("sleep", Duration.ofMillis(200))
					.build()) {
			for (int i = 0; i < 2; i++) {
				String text = "after " + i;
				assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().sleep(5000));
				assertThat(client.proxy().echo(text)).isEqualTo(text);
			}
			// Not before: one that had not begun would leave it to the next.
			this.peer.wake();
			this.peer.wake();
			assertThat(opened()).isEqualTo(connections);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1", "2" })
	void aPathThatIsNotThereIsAFailureOfTheServer(String version) throws Exception {
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY)
					.option("version", version)
					.option("path", "/elsewhere")
					.build()) {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().add(1, 2))
				.withMessageContaining("PeerService.add: answer 404 (member ")
				.withCauseInstanceOf(HttpStatusException.class)
				.satisfies(
						(ex) -> assertThat(((HttpStatusException) ex.getCause()).response().text()).contains("<html"));
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().fire("text"))
				.withMessageContaining("answer 404");
			assertThat(opened()).isEqualTo(1);
		}
	}

	@Test
	void aServerOfAnotherEncodingIsAFailureOfTheServer() throws Exception {
		try (ServletServer server = server(ThriftEncoding.COMPACT);
				ClientHandle<PeerService.Iface> client = client(server, ThriftEncoding.BINARY).build()) {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().add(1, 2))
				.withMessageContaining("answer 500");
		}
	}

	@Test
	void aMethodThatTheServerDoesNotHaveIsAFailureOfTheServer() throws Exception {
		try (ServletServer server = server(ThriftEncoding.BINARY);
				ClientHandle<Calculator.Iface> client = ScalesClients.builder(Calculator.Iface.class)
					.protocol("thrift-http")
					.option("path", "/thrift")
					.closeGrace(Duration.ZERO)
					.uri("tcp://127.0.0.1:" + server.port())
					.build()) {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().divide(6, 3))
				.withCauseInstanceOf(TApplicationException.class)
				.withMessageContaining("divide");
		}
	}

	@ParameterizedTest
	@CsvSource({ "BINARY, 1.1", "COMPACT, 2", "JSON, 1.1" })
	void aServiceBehindAMultiplexedProcessorIsCalledByItsName(ThriftEncoding encoding, String version)
			throws Exception {
		TMultiplexedProcessor processor = new TMultiplexedProcessor();
		processor.registerProcessor("peer", new PeerService.Processor<>(this.peer));
		try (ServletServer server = new ServletServer(processor, encoding)) {
			try (ClientHandle<PeerService.Iface> client = client(server, encoding).option("version", version)
				.option("service-name", "peer")
				.build()) {
				PeerCalls.areServed(client.proxy(), 50);
				client.proxy().fire("and forget");
				assertThat(this.peer.fired.poll()).isEqualTo("and forget");
			}
			try (ClientHandle<PeerService.Iface> client = client(server, encoding).option("version", version).build()) {
				assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().add(1, 2));
			}
		}
	}

	private ServletServer server(ThriftEncoding encoding) throws Exception {
		TProcessor processor = new PeerService.Processor<>(this.peer);
		return new ServletServer(processor, encoding);
	}

	private ClientBuilder<PeerService.Iface> client(ServletServer server, ThriftEncoding encoding) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.protocol("thrift-http")
			.option("path", "/thrift")
			.option("encoding", encoding.name())
			.meterRegistry(this.meters)
			.closeGrace(Duration.ZERO)
			.uri("tcp://127.0.0.1:" + server.port());
	}

	private int opened() {
		return (int) this.meters.get(MeterNames.CONNECTIONS).tag("event", "opened").counter().count();
	}

}
