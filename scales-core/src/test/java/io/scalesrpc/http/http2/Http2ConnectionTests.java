package io.scalesrpc.http.http2;

import io.scalesrpc.http.Http2Speaker;
import io.scalesrpc.http.HttpConnectionContract;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.Sockets;

@Sockets
class Http2ConnectionTests extends HttpConnectionContract {

	Http2ConnectionTests() {
		super("2");
	}

	@Override
	protected Language language() {
		return Http2Speaker::new;
	}

	@Override
	protected boolean isShared() {
		return true;
	}

	@Override
	protected boolean outlivesLargeAnswers() {
		return true;
	}

}
