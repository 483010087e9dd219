package io.scalesrpc.thrift.connection;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.ThriftConnectionContract;

/** One connection on which calls follow each other. */
@Sockets
class PipelinedThriftConnectionTests extends ThriftConnectionContract {

	@Override
	protected Language language() {
		return ThriftSpeaker::new;
	}

	@Override
	protected ClientBuilder<EchoClient> builder(String uri) {
		return echoing(uri).protocol("thrift").option("pipeline", "true");
	}

	@Override
	protected ClientBuilder<EchoClient> stumbling(String uri, Stumbling stumbling) {
		return echoing(uri).protocol(new ClumsyThrift(true, stumbling));
	}

	@Override
	protected boolean isShared() {
		return true;
	}

}
