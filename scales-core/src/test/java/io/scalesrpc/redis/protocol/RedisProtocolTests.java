package io.scalesrpc.redis.protocol;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.redis.RedisProxy;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.ProtocolContract;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.UnrulyServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server that is silent answers later, in the order in which it was asked. */
@Sockets
class RedisProtocolTests extends ProtocolContract<RedisProtocolTests.Echo> {

	private static RedisNode node;

	/** Redis answers PING with what it is given. */
	interface Echo {

		@Command("PING ?0")
		String ping(String text);

		@Command("PING ?0")
		CompletableFuture<String> pingAsync(String text);

	}

	@BeforeAll
	static void startRedis() {
		node = RedisNode.bundled();
	}

	@AfterAll
	static void stopRedis() {
		node.close();
	}

	@Override
	protected UnrulyServer start() throws IOException {
		return RedisProxy.faithful(node);
	}

	@Override
	protected ClientBuilder<Echo> client(String uri) {
		return ScalesClients.builder(Echo.class).protocol("redis").uri(uri);
	}

	@Override
	protected CompletableFuture<?> callAsync(Echo client, String text) {
		return client.pingAsync(text);
	}

	@Override
	protected Object call(Echo client, String text) {
		return client.ping(text);
	}

}
