package io.scalesrpc.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.transport.TlsMaterial;

/** With a server on the TLS of the Java runtime, which chooses nothing by ALPN. */
class Http1TlsTests extends TlsContract {

	Http1TlsTests() {
		super("http/1.1");
	}

	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.UNKNOWN, FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception {
		RawHttpServer server = new RawHttpServer(TlsEchoServer.socket(material, mutual), (peer) -> {
			while (true) {
				peer.answer(peer.next().body());
			}
		});
		return new TlsEchoServer(server.port(), () -> close(server));
	}

	private static void close(RawHttpServer server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
