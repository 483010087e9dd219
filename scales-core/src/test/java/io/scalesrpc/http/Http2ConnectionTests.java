package io.scalesrpc.http;

import io.scalesrpc.testing.ScriptedServer.Language;

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
