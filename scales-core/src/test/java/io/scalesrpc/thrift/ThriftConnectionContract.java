package io.scalesrpc.thrift;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.OutageContract;
import io.scalesrpc.testing.EchoClient;

/**
 * Thrift, whatever carries it. <em>Confined to the thread that runs the tests.</em>
 */
public abstract class ThriftConnectionContract extends OutageContract<EchoClient> {

	/** A builder that lacks the protocol. */
	protected static ClientBuilder<EchoClient> echoing(String uri) {
		return ScalesClients.builder(EchoClient.class).service(PeerService.class).uri(uri);
	}

	@Override
	protected final CompletableFuture<?> callAsync(EchoClient client, String text) {
		return client.echoAsync(text);
	}

	@Override
	protected final Object call(EchoClient client, String text) {
		return client.echo(text);
	}

}
