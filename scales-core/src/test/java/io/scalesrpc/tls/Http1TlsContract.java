package io.scalesrpc.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.http.RawHttpServer.Script;
import io.scalesrpc.transport.TlsMaterial;

/**
 * Of protocols over HTTP/1.1, with a server on the TLS of the Java runtime, which chooses
 * nothing by ALPN.
 */
abstract class Http1TlsContract extends TlsContract {

	private final Script script;

	Http1TlsContract(String protocol, Script script) {
		super(protocol);
		this.script = script;
	}

	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.CONNECTION_LOST, FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception {
		RawHttpServer server = new RawHttpServer(TlsEchoServer.socket(material, mutual), this.script);
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
