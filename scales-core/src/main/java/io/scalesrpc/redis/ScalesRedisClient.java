package io.scalesrpc.redis;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The ready client of Redis: every method sends any command that is answered once.
 *
 * <pre>{@code
 * ClientHandle<ScalesRedisClient> redis = ScalesClients.builder(ScalesRedisClient.class)
 *     .protocol("redis")
 *     .uri("tcp://redis1:6379")
 *     .build();
 * redis.proxy().command("SET", "greeting", "hello", "PX", 60_000);
 * String greeting = redis.proxy().text("GET", "greeting");
 * }</pre>
 *
 * A command may have a second word, {@code "CLIENT INFO"}. Arguments are texts, numbers,
 * bytes and booleans, argument objects of Lettuce such as {@code SetArgs}, collections,
 * arrays and maps of these, and, with a codec of values, any other object. An interface
 * of one's own may have methods like these beside others. Implementations are
 * <em>thread-safe</em>.
 */
public interface ScalesRedisClient {

	/**
	 * Sends a command.
	 * @param name the command
	 * @param arguments its arguments, none null
	 * @return a text, {@code Long}, {@code Double}, {@code Boolean}, a list of these, or
	 * {@code null}; maps are lists of keys and values in turn
	 */
	@Nullable Object command(String name, Object... arguments);

	/**
	 * Sends a command.
	 * @param name the command
	 * @param arguments its arguments, none null, not to be changed until the call has
	 * ended
	 * @return completes with what {@link #command} returns
	 */
	CompletableFuture<@Nullable Object> commandAsync(String name, Object... arguments);

	/**
	 * Sends a command that is answered with one value.
	 * @param name the command
	 * @param arguments its arguments, none null
	 * @return the value as text, decoded as UTF-8; {@code null} if there is none
	 */
	@Nullable String text(String name, Object... arguments);

	/**
	 * Sends a command that is answered with one value.
	 * @param name the command
	 * @param arguments its arguments, none null
	 * @return completes with the value as text; with {@code null} if there is none
	 */
	CompletableFuture<@Nullable String> textAsync(String name, Object... arguments);

	/**
	 * Sends a command that is answered with one value.
	 * @param name the command
	 * @param arguments its arguments, none null
	 * @return the value as it is; {@code null} if there is none
	 */
	byte @Nullable [] bytes(String name, Object... arguments);

	/**
	 * Sends a command that is answered with one value.
	 * @param name the command
	 * @param arguments its arguments, none null
	 * @return completes with the value as it is; with {@code null} if there is none
	 */
	CompletableFuture<byte @Nullable []> bytesAsync(String name, Object... arguments);

}
