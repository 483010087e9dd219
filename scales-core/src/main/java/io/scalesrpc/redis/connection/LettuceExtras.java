package io.scalesrpc.redis.connection;

import java.util.function.Consumer;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.ClientResources;
import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What an application has set up of Lettuce, and wants to hold here too.
 * <em>Immutable</em>; what it has is used by several threads.
 *
 * @param resources asked for metrics, tracing, events and the customizer of channels; its
 * threads, timer and name resolution are not used, and it is never shut down;
 * {@code null} for none
 * @param options changes options before those that safety needs are set: reconnecting,
 * queues and timeouts are not Lettuce's
 */
@Internal
public record LettuceExtras(@Nullable ClientResources resources, Consumer<ClientOptions.Builder> options) {

	/** Nothing. */
	public static final LettuceExtras NONE = new LettuceExtras(null, (options) -> {
	});

}
