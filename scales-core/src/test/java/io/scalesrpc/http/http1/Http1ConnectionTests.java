package io.scalesrpc.http.http1;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.http.HttpConnectionContract;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.ScriptedServer.Speaker;
import io.scalesrpc.testing.Sockets;

@Sockets
class Http1ConnectionTests extends HttpConnectionContract {

	Http1ConnectionTests() {
		super("1.1");
	}

	@Override
	protected Language language() {
		return Http1Speaker::new;
	}

	@Override
	protected boolean isShared() {
		return false;
	}

	/** HTTP/1.1 has nothing by which an answer tells its request. */
	@Override
	protected boolean tellsAnswersApart() {
		return false;
	}

	/** Speaks HTTP/1.1. <em>Confined to its thread.</em> */
	private static final class Http1Speaker implements Speaker {

		private final RawHttpServer.Peer peer;

		Http1Speaker(Socket socket) throws IOException {
			this.peer = RawHttpServer.peer(socket);
		}

		@Override
		public Object next() throws IOException {
			return this.peer.next().body();
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.US_ASCII);
		}

		@Override
		public byte[] answer(Object request) {
			return bytes(RawHttpServer.Peer.ok((String) request));
		}

		@Override
		public byte[] lastAnswer(Object request) {
			return bytes(RawHttpServer.Peer.ok((String) request).replaceFirst("\r\n", "\r\nConnection: close\r\n"));
		}

		@Override
		public byte[] large(Object request) {
			return answer("x".repeat(100_000));
		}

		@Override
		public byte[] nonsense() {
			return bytes("garbage\r\n\r\n");
		}

	}

}
