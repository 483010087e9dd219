package io.scalesrpc.tls;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLServerSocket;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import io.scalesrpc.transport.TlsMaterial;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** With libthrift's server on the TLS of the Java runtime. */
@Sockets
class ThriftTlsTests extends TlsContract {

	ThriftTlsTests() {
		super("thrift");
	}

	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.CONNECTION_LOST, FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception {
		SSLServerSocket socket = TlsEchoServer.socket(material, mutual);
		TServer server = new TThreadPoolServer(
				new TThreadPoolServer.Args(new TServerSocket(socket)).transportFactory(new TFramedTransport.Factory())
					.protocolFactory(new TBinaryProtocol.Factory())
					.stopTimeoutVal(5)
					.stopTimeoutUnit(TimeUnit.SECONDS)
					.processor(new PeerService.Processor<PeerService.Iface>(new EchoPeer())));
		Thread thread = new Thread(server::serve, "libthrift-server");
		thread.start();
		return new TlsEchoServer(socket.getLocalPort(), () -> stop(server, thread));
	}

	/** The probe is the first thing said, and must not be said before the handshake. */
	@Test
	void anUpgradeIsAskedForOverTls() throws Exception {
		TlsMaterial material = new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost"));
		try (TlsEchoServer server = start(material, false);
				ClientHandle<? extends TlsClients.Echo> client = TlsClients
					.builder("thrift", "tcp://localhost:" + server.port(), TRUSTING)
					.option("upgrade", "true")
					.build()) {
			assertThat(client.proxy().echo("over TLS")).isEqualTo("over TLS");
		}
	}

	private static void stop(TServer server, Thread thread) {
		server.stop();
		try {
			thread.join(10_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
