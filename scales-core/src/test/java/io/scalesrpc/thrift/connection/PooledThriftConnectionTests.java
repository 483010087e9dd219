package io.scalesrpc.thrift.connection;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.ThriftConnectionContract;

/** A connection for each call. */
@Sockets
class PooledThriftConnectionTests extends ThriftConnectionContract {

	@Override
	protected Language language() {
		return ThriftSpeaker::new;
	}

	@Override
	protected ClientBuilder<EchoClient> builder(String uri) {
		return echoing(uri).protocol("thrift");
	}

	@Override
	protected ClientBuilder<EchoClient> stumbling(String uri, Stumbling stumbling) {
		return echoing(uri).protocol(new ClumsyThrift(false, stumbling));
	}

	@Override
	protected boolean isShared() {
		return false;
	}

}
