package io.scalesrpc.thrift.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.Samples;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.LibthriftServer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole stack against libthrift's own servers. */
@Sockets
class ThriftServersTests {

	/** The same service without blocking. */
	interface Async {

		CompletableFuture<Integer> add(int a, int b);

		CompletableFuture<Integer> sleep(int ms);

	}

	@ParameterizedTest
	@CsvSource({ "THREADED_SELECTOR, FRAMED, BINARY", "THREADED_SELECTOR, FRAMED, COMPACT",
			"THREADED_SELECTOR, FRAMED, JSON", "HS_HA, FRAMED, BINARY", "HS_HA, FRAMED, COMPACT", "HS_HA, FRAMED, JSON",
			"THREAD_POOL, FRAMED, BINARY", "THREAD_POOL, FRAMED, COMPACT", "THREAD_POOL, FRAMED, JSON",
			"THREAD_POOL, BUFFERED, BINARY", "THREAD_POOL, BUFFERED, COMPACT", "THREAD_POOL, BUFFERED, JSON" })
	void everyServerIsUnderstood(Kind kind, ThriftTransport transport, ThriftEncoding encoding) throws Exception {
		try (LibthriftServer server = new LibthriftServer(kind, transport, encoding);
				ClientHandle<PeerService.Iface> client = client(server, transport, encoding).build()) {
			PeerService.Iface peer = client.proxy();
			assertThat(peer.add(1, 2)).isEqualTo(3);
			assertThat(peer.echo("")).isEmpty();
			peer.nothing();
			// JSON is read and written byte by byte, which leak detection makes slow.
			Big big = Samples.big((encoding == ThriftEncoding.JSON) ? 50 : 2000);
			assertThat(peer.big(big)).isEqualTo(big);
			assertThatExceptionOfType(PeerException.class).isThrownBy(() -> peer.fail(7, "seven"));
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> peer.failUndeclared("why"));
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> peer.echo("null"));
			peer.fire("and forget");
			assertThat(server.peer.fired.poll(5, TimeUnit.SECONDS)).isEqualTo("and forget");
			assertThat(peer.add(3, 4)).isEqualTo(7);
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "FRAMED, BINARY", "BUFFERED, COMPACT" })
	void aServerThatAnswersInOrderTakesManyCallsOnOneConnection(ThriftTransport transport, ThriftEncoding encoding)
			throws Exception {
		try (LibthriftServer server = new LibthriftServer(Kind.THREAD_POOL, transport, encoding);
				ClientHandle<PeerService.Iface> client = client(server, transport, encoding).option("pipeline", "true")
					.build()) {
			List<CompletableFuture<Integer>> sums = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				sums.add(client.proxy(Async.class, PeerService.class).add(i, i));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(sums.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(2 * i);
			}
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/** The original opened and closed a connection for nearly every call. */
	@Test
	void manyCallsAtOnceKeepTheirConnections() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		PoolSettings eight = new PoolSettings(1, 8, 1024, Duration.ofMinutes(1), Duration.ZERO);
		try (LibthriftServer server = new LibthriftServer(Kind.THREADED_SELECTOR, ThriftTransport.FRAMED,
				ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY)
					.pool(eight)
					.meterRegistry(meters)
					.build()) {
			Async async = client.proxy(Async.class, PeerService.class);
			for (int round = 0; round < 50; round++) {
				List<CompletableFuture<Integer>> sums = new ArrayList<>();
				for (int i = 0; i < 64; i++) {
					sums.add(async.add(i, round));
				}
				for (int i = 0; i < 64; i++) {
					assertThat(sums.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(i + round);
				}
			}
			assertThat(server.accepted()).isEqualTo(8);
			assertThat(meters.get(MeterNames.CONNECTIONS).tag("event", "opened").counter().count()).isEqualTo(8);
			assertThat(meters.get(MeterNames.POOL_CONNECTIONS).tag("state", "idle").gauge().value()).isEqualTo(8);
			assertThat(meters.get(MeterNames.POOL_WAITING).gauge().value()).isZero();
		}
	}

	@Test
	void aTimeoutCostsItsConnectionAndNothingElse() throws Exception {
		try (LibthriftServer server = new LibthriftServer(Kind.THREADED_SELECTOR, ThriftTransport.FRAMED,
				ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY)
					.methodTimeout("sleep", Duration.ofMillis(50))
					.build()) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().sleep(5000));
				assertThat(client.proxy().add(i, 1)).isEqualTo(i + 1);
			}
			for (int i = 0; i < 3; i++) {
				// Not before: one that had not begun would leave it to the next.
				server.peer.wake();
			}
			assertThat(server.accepted()).isEqualTo(4);
		}
	}

	private static ClientBuilder<PeerService.Iface> client(LibthriftServer server, ThriftTransport transport,
			ThriftEncoding encoding) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.protocol("thrift")
			.option("transport", transport.name())
			.option("encoding", encoding.name())
			.closeGrace(Duration.ZERO)
			.uri("tcp://127.0.0.1:" + server.port());
	}

}
