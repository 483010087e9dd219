package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.scalesrpc.transport.lookup.HostLookups;
import io.scalesrpc.transport.lookup.HostResolverGroup;
import org.jspecify.annotations.Nullable;

/**
 * What opens the channels of a client: made when the first is opened, so that a client
 * nobody has called yet costs nothing of Netty. <em>Thread-safe</em>.
 */
final class ChannelOpener {

	private final EventLoops eventLoops;

	private final Duration connectTimeout;

	private final AtomicReference<@Nullable Parts> parts = new AtomicReference<>();

	ChannelOpener(EventLoops eventLoops, Duration connectTimeout) {
		this.eventLoops = eventLoops;
		this.connectTimeout = connectTimeout;
	}

	/** With everything but a handler; to be copied. */
	Bootstrap bootstrap() {
		return parts().bootstrap();
	}

	Class<? extends Channel> channelType() {
		return this.eventLoops.channelType();
	}

	HostResolverGroup resolver() {
		return parts().resolver();
	}

	private Parts parts() {
		Parts known = this.parts.get();
		if (known != null) {
			return known;
		}
		Parts mine = make();
		Parts other = this.parts.compareAndExchange(null, mine);
		return (other != null) ? other : mine;
	}

	private Parts make() {
		HostResolverGroup resolver = new HostResolverGroup(HostLookups.SYSTEM, this.eventLoops.channelType(),
				this.connectTimeout);
		Bootstrap bootstrap = new Bootstrap().group(this.eventLoops.group())
			.channel(this.eventLoops.channelType())
			.resolver(resolver)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(this.connectTimeout));
		this.eventLoops.lifeSigns().forEach(bootstrap::option);
		return new Parts(bootstrap, resolver);
	}

	/** For Netty zero would mean no limit. */
	private static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
	}

	/**
	 * What belongs together.
	 *
	 * @param bootstrap opens channels
	 * @param resolver looks names up
	 */
	private record Parts(Bootstrap bootstrap, HostResolverGroup resolver) {

	}

	/**
	 * The event loops of channels, a run of them on the same. A few blocked callers with
	 * a channel each keep one loop awake, where each of several would be woken for nearly
	 * every call. <em>Thread-safe</em>; who comes while a run ends may still be given the
	 * loop of the last.
	 */
	static final class LoopRuns {

		/** How many channels in a row are on one loop. */
		static final int LENGTH = 8;

		private final AtomicInteger given = new AtomicInteger();

		private volatile @Nullable EventLoop current;

		/**
		 * Says where the next channel is to live.
		 * @param group the loops there are
		 */
		EventLoop next(EventLoopGroup group) {
			EventLoop loop = this.current;
			if (this.given.getAndIncrement() % LENGTH == 0 || loop == null) {
				loop = group.next();
				this.current = loop;
			}
			return loop;
		}

	}

}
