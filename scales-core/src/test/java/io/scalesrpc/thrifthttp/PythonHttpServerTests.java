package io.scalesrpc.thrifthttp;

import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.PeerCalls;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.PythonServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The whole stack against a server in another language, which speaks HTTP/1.0. */
@Sockets
class PythonHttpServerTests {

	@BeforeAll
	static void needsTheLibrary() throws Exception {
		assumeTrue(PythonServer.has("thrift.server.THttpServer"),
				"no Thrift for /usr/bin/python3: install python3-thrift");
	}

	@ParameterizedTest
	@EnumSource
	void everyKindOfCallIsServed(ThriftEncoding encoding) throws Exception {
		try (PythonServer server = PythonServer.overHttp(encoding);
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.name("peer")
					.protocol("thrift-http")
					.option("encoding", encoding.name())
					.closeGrace(Duration.ZERO)
					.uri("tcp://127.0.0.1:" + server.port())
					.build()) {
			PeerCalls.areServed(client.proxy(), 200);
			client.proxy().fire("and forget");
			assertThat(client.proxy().contexts()).containsEntry("fired", "and forget");
		}
	}

}
