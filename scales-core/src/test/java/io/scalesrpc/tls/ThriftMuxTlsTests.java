package io.scalesrpc.tls;

import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;

@Sockets
class ThriftMuxTlsTests extends TlsContract {

	ThriftMuxTlsTests() {
		super("thriftmux");
	}

	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) {
		TlsServerSettings settings = TlsServerSettings.of(material);
		PeerServer server = PeerServer
			.start(ThriftMuxServer.builder().tls(mutual ? settings.requiringCertificates() : settings));
		return new TlsEchoServer(server.port(), server::close);
	}

}
