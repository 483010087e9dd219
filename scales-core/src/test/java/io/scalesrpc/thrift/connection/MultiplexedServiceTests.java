package io.scalesrpc.thrift.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.PatientPeer;
import io.scalesrpc.thrift.PeerCalls;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.LibthriftServer.Kind;
import org.apache.thrift.TMultiplexedProcessor;
import org.apache.thrift.TProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Several services behind one server, as libthrift's {@code TMultiplexedProcessor}. */
@Sockets
class MultiplexedServiceTests {

	/** The same service without blocking. */
	interface Async {

		CompletableFuture<Integer> add(int a, int b);

	}

	private final PatientPeer second = new PatientPeer();

	private TProcessor both(PatientPeer first) {
		TMultiplexedProcessor both = new TMultiplexedProcessor();
		both.registerProcessor("first", new PeerService.Processor<>(first));
		both.registerProcessor("second", new PeerService.Processor<>(this.second));
		return both;
	}

	private static ClientBuilder<PeerService.Iface> client(LibthriftServer server, ThriftTransport transport,
			ThriftEncoding encoding, String service) {
		return ScalesClients.builder(PeerService.Iface.class)
			.protocol("thrift")
			.option("transport", transport.name())
			.option("encoding", encoding.name())
			.option("service-name", service)
			.closeGrace(Duration.ZERO)
			.uri("tcp://127.0.0.1:" + server.port());
	}

	@ParameterizedTest
	@CsvSource({ "THREADED_SELECTOR, FRAMED, BINARY", "HS_HA, FRAMED, COMPACT", "THREAD_POOL, FRAMED, JSON",
			"THREAD_POOL, BUFFERED, BINARY", "THREAD_POOL, BUFFERED, COMPACT", "THREAD_POOL, BUFFERED, JSON" })
	void eachServiceIsCalledByItsName(Kind kind, ThriftTransport transport, ThriftEncoding encoding) throws Exception {
		try (LibthriftServer server = new LibthriftServer(kind, transport, encoding, this::both);
				ClientHandle<PeerService.Iface> first = client(server, transport, encoding, "first").build();
				ClientHandle<PeerService.Iface> second = client(server, transport, encoding, "second").build()) {
			PeerCalls.areServed(first.proxy(), 50);
			PeerCalls.areServed(second.proxy(), 50);
			first.proxy().fire("to the first");
			second.proxy().fire("to the second");
			assertThat(server.peer.fired.poll(5, TimeUnit.SECONDS)).isEqualTo("to the first");
			assertThat(this.second.fired.poll(5, TimeUnit.SECONDS)).isEqualTo("to the second");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void callsMayGoThroughAPipeline() throws Exception {
		try (LibthriftServer server = new LibthriftServer(Kind.THREAD_POOL, ThriftTransport.FRAMED,
				ThriftEncoding.BINARY, this::both);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY,
						"first")
					.option("pipeline", "true")
					.build()) {
			Async async = client.proxy(Async.class, PeerService.class);
			CompletableFuture<Integer> one = async.add(1, 1);
			CompletableFuture<Integer> two = async.add(2, 2);
			assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(2);
			assertThat(two.get(10, TimeUnit.SECONDS)).isEqualTo(4);
		}
	}

	/** What libthrift does to a name that it does not know: it hangs up. */
	@Test
	void aServiceThatIsNotThereIsNotAnswered() throws Exception {
		try (LibthriftServer server = new LibthriftServer(Kind.THREAD_POOL, ThriftTransport.FRAMED,
				ThriftEncoding.BINARY, this::both);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY,
						"third")
					.build()) {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> client.proxy().add(1, 2));
		}
	}

	@Test
	void aNameEndsAtAColon() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(PeerService.Iface.class)
				.protocol("thrift")
				.option("service-name", "a:b")
				.uri("tcp://127.0.0.1:1")
				.build())
			.withMessageContaining("option service-name: a:b (expected: a name without a colon)");
	}

}
