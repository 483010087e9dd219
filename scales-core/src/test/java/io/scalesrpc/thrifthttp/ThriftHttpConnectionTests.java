package io.scalesrpc.thrifthttp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.ScriptedServer.Speaker;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.ThriftConnectionContract;

@Sockets
class ThriftHttpConnectionTests extends ThriftConnectionContract {

	@Override
	protected Language language() {
		return ThriftHttpSpeaker::new;
	}

	@Override
	protected ClientBuilder<EchoClient> builder(String uri) {
		return echoing(uri).protocol("thrift-http");
	}

	@Override
	protected ClientBuilder<EchoClient> stumbling(String uri, Stumbling stumbling) {
		return echoing(uri).protocol(new ClumsyThriftHttp(stumbling));
	}

	@Override
	protected boolean isShared() {
		return false;
	}

	/** Speaks Thrift in HTTP/1.1. <em>Confined to its thread.</em> */
	private static final class ThriftHttpSpeaker implements Speaker {

		private final RawHttpServer.Peer peer;

		ThriftHttpSpeaker(Socket socket) throws IOException {
			this.peer = RawHttpServer.peer(socket);
		}

		@Override
		public Object next() throws IOException {
			return EchoRequest.of(this.peer.next().bytes());
		}

		@Override
		public byte[] answer(Object request) {
			return ((EchoRequest) request).answer();
		}

		@Override
		public byte[] lastAnswer(Object request) {
			String answer = new String(answer(request), StandardCharsets.ISO_8859_1);
			return answer.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1);
		}

		@Override
		public byte[] large(Object request) {
			EchoRequest given = (EchoRequest) request;
			return new EchoRequest(given.method(), given.sequence(), "x".repeat(100_000)).answer();
		}

		@Override
		public byte[] unreadable(Object request) {
			return EchoRequest.answer(((EchoRequest) request).unreadable());
		}

		@Override
		public byte[] nonsense() {
			return "garbage\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		}

	}

}
