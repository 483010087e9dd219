package io.scalesrpc.tls;

import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrifthttp.EchoRequest;

/** Thrift over HTTP/1.1. */
@Sockets
class ThriftHttpTlsTests extends Http1TlsContract {

	ThriftHttpTlsTests() {
		super("thrift-http", (peer) -> {
			while (true) {
				peer.send(EchoRequest.of(peer.next().bytes()).answer());
			}
		});
	}

}
