package io.scalesrpc.thrift.connection;

import java.time.Duration;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.PeerCalls;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.PythonServer.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The whole stack against servers in another language. */
@Sockets
class PythonServerTests {

	@BeforeAll
	static void needsTheLibrary() throws Exception {
		assumeTrue(PythonServer.has("thrift.server.TNonblockingServer"),
				"no Thrift for /usr/bin/python3: install python3-thrift");
	}

	@ParameterizedTest
	@CsvSource({ "THREADED, FRAMED, BINARY", "THREADED, FRAMED, COMPACT", "THREADED, BUFFERED, BINARY",
			"THREADED, BUFFERED, COMPACT", "NONBLOCKING, FRAMED, BINARY", "NONBLOCKING, FRAMED, COMPACT" })
	void everyKindOfCallIsServed(Kind kind, ThriftTransport transport, ThriftEncoding encoding) throws Exception {
		try (PythonServer server = new PythonServer(kind, transport, encoding);
				ClientHandle<PeerService.Iface> client = client(server, transport, encoding, false)) {
			PeerService.Iface peer = client.proxy();
			PeerCalls.areServed(peer, 200);
			peer.fire("and forget");
			assertThat(peer.contexts()).containsEntry("fired", "and forget");
		}
	}

	@Test
	void theCallAfterATimeoutGetsItsOwnAnswer() throws Exception {
		try (PythonServer server = new PythonServer(Kind.THREADED, ThriftTransport.FRAMED, ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY,
						false)) {
			for (int i = 0; i < 5; i++) {
				String text = "after " + i;
				assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().sleep(1000));
				assertThat(client.proxy().echo(text)).isEqualTo(text);
			}
		}
	}

	@Test
	void aServerThatDoesNotKnowTheUpgradeIsSpokenToPlainly() throws Exception {
		try (PythonServer server = new PythonServer(Kind.THREADED, ThriftTransport.FRAMED, ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(server, ThriftTransport.FRAMED, ThriftEncoding.BINARY,
						true)) {
			assertThat(client.proxy().echo("plain")).isEqualTo("plain");
		}
	}

	private static ClientHandle<PeerService.Iface> client(PythonServer server, ThriftTransport transport,
			ThriftEncoding encoding, boolean upgrade) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.protocol("thrift")
			.option("transport", transport.name())
			.option("encoding", encoding.name())
			.option("upgrade", Boolean.toString(upgrade))
			.methodTimeout("sleep", Duration.ofMillis(50))
			.closeGrace(Duration.ZERO)
			.uri("tcp://127.0.0.1:" + server.port())
			.build();
	}

}
