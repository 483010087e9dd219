package io.scalesrpc.redis.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.jfr.EventRecorder;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the thousand classes and the proxies that Lettuce needs for its first connection,
 * so that the first call of a process does not wait for them. Once a process, on a thread
 * of its own that ends with it, beside whatever else the application starts; over a
 * channel that leads nowhere, without I/O. <em>Thread-safe</em>.
 */
final class WarmUp {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final AtomicBoolean BEGUN = new AtomicBoolean();

	private WarmUp() {
	}

	/** Begins, unless somebody has. */
	static void begin(EventLoopGroup loops, ClientOptions options) {
		if (BEGUN.compareAndSet(false, true)) {
			Thread thread = new Thread(() -> run(loops, options), "scales-redis-warm-up");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static void run(EventLoopGroup loops, ClientOptions options) {
		try {
			connect(loops, options);
		}
		catch (RuntimeException | LinkageError ex) {
			// The first call finds out, and says it.
			logger.debug("Not warmed up", ex);
		}
	}

	/**
	 * Does what is done for a connection, over a channel that leads nowhere.
	 * @return what was read of a reply
	 */
	static @Nullable Object connect(EventLoopGroup loops, ClientOptions options) {
		ClientResources resources = new LettuceResources(loops, null).with(new NettyCustomizer() {
		});
		EventRecorder.getInstance();
		RedisClient.create(resources).setOptions(options);
		DefaultEndpoint nowhere = new DefaultEndpoint(options, resources);
		StatefulRedisConnectionImpl<byte[], byte[]> connection = new StatefulRedisConnectionImpl<>(nowhere, nowhere,
				ByteArrayCodec.INSTANCE, Duration.ofDays(1), options.getJsonParser());
		EmbeddedChannel channel = new EmbeddedChannel(new CommandEncoder(),
				new CommandHandler(options, resources, nowhere));
		ReplyOutput reply = new ReplyOutput();
		channel.writeOutbound(List.of(new Command<>(CommandType.PING, reply)));
		channel.writeInbound(Unpooled.copiedBuffer("$4\r\nPONG\r\n", StandardCharsets.US_ASCII));
		channel.finishAndReleaseAll();
		connection.closeAsync();
		return reply.get();
	}

}
