package io.scalesrpc.redis.connection;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.RedisGroupTests;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.redis.RedisSpeaker;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.ConnectionContract;
import io.scalesrpc.testing.ScriptedServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;

/**
 * What a failure means with Redis: as with every protocol whose calls share a connection.
 * Several members would be a primary and its replicas, so fleets are no matter here:
 * {@link RedisGroupTests} has what becomes of groups.
 */
@Sockets
class RedisConnectionFailureTests extends ConnectionContract<RedisConnectionFailureTests.Echo> {

	/** Redis answers PING with what it is given; a Word is read by the codec. */
	interface Echo {

		@Command("PING ?0")
		Word ping(String text);

		@Command("PING ?0")
		CompletableFuture<Word> pingAsync(String text);

	}

	/**
	 * A text. <em>Immutable</em>.
	 *
	 * @param text what it says
	 */
	record Word(String text) {

		@Override
		public String toString() {
			return this.text;
		}

	}

	/** Stumbles when it reads. */
	private record Words(Stumbling stumbling) implements ValueCodec {

		@Override
		public byte[] encode(Object value) {
			return value.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] bytes, Type type) {
			this.stumbling.perhaps();
			return new Word(new String(bytes, StandardCharsets.UTF_8));
		}

	}

	@Override
	protected ScriptedServer.Language language() {
		return RedisSpeaker::begin;
	}

	@Override
	protected ClientBuilder<Echo> builder(String uri) {
		return stumbling(uri, new Stumbling(new Random(1), Integer.MAX_VALUE));
	}

	@Override
	protected ClientBuilder<Echo> stumbling(String uri, Stumbling stumbling) {
		return ScalesClients.builder(Echo.class)
			.protocol(new RedisProtocol(RedisSettings.DEFAULT, new Words(stumbling), null))
			.uri(uri);
	}

	@Override
	protected boolean isShared() {
		return true;
	}

	@Override
	protected CompletableFuture<?> callAsync(Echo client, String text) {
		return client.pingAsync(text);
	}

	@Override
	protected Object call(Echo client, String text) {
		return client.ping(text);
	}

	@Override
	protected Object seen(Object answer) {
		return String.valueOf(answer);
	}

}
