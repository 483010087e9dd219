package io.scalesrpc.tls;

import io.scalesrpc.testing.Sockets;

/** HTTP/1.1 as it is. */
@Sockets
class Http1TlsTests extends Http1TlsContract {

	Http1TlsTests() {
		super("http/1.1", (peer) -> {
			while (true) {
				peer.answer(peer.next().body());
			}
		});
	}

}
