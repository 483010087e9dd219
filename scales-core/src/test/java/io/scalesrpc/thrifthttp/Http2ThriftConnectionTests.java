package io.scalesrpc.thrifthttp;

import java.io.IOException;
import java.net.Socket;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.http.Http2Speaker;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.ThriftConnectionContract;

@Sockets
class Http2ThriftConnectionTests extends ThriftConnectionContract {

	@Override
	protected Language language() {
		return ThriftSpeaker::new;
	}

	@Override
	protected ClientBuilder<EchoClient> builder(String uri) {
		return echoing(uri).protocol("thrift-http").option("version", "2");
	}

	@Override
	protected ClientBuilder<EchoClient> stumbling(String uri, Stumbling stumbling) {
		return builder(uri).protocol(new ClumsyThriftHttp(stumbling));
	}

	@Override
	protected boolean isShared() {
		return true;
	}

	@Override
	protected boolean outlivesLargeAnswers() {
		return true;
	}

	/** Speaks Thrift in HTTP/2. <em>Confined to its thread.</em> */
	private static final class ThriftSpeaker extends Http2Speaker {

		ThriftSpeaker(Socket socket) throws IOException {
			super(socket);
		}

		@Override
		protected byte[] reply(byte[] body) {
			return EchoRequest.of(body).reply();
		}

		@Override
		public byte[] unreadable(Object request) {
			return answer(request, EchoRequest.of(body(request)).unreadable());
		}

	}

}
