package io.scalesrpc.redis.connection;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.tracing.Tracing;
import io.netty.channel.EventLoopGroup;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What Lettuce runs on here: our event loops for everything, no timer, since the time for
 * opening a connection is limited elsewhere, and no threads of its own.
 * <em>Stateless</em>.
 *
 * @param loops where channels live
 * @param base what the application has set up; null for nothing
 */
record LettuceResources(EventLoopGroup loops, @Nullable ClientResources base) {

	/**
	 * Makes what one connection is opened with. It holds nothing that must be given back.
	 * @param customizer told of its channel
	 */
	ClientResources with(NettyCustomizer customizer) {
		ClientResources.Builder builder = ClientResources.builder()
			.eventLoopGroupProvider(new SharedLoops(this.loops))
			.eventExecutorGroup(this.loops)
			.timer(new NoTimer())
			.nettyCustomizer(customizer)
			.commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled());
		if (this.base != null) {
			builder.commandLatencyRecorder(this.base.commandLatencyRecorder())
				.eventBus(this.base.eventBus())
				.tracing(this.base.tracing());
		}
		else {
			builder.commandLatencyRecorder(CommandLatencyRecorder.disabled())
				.eventBus(new NoEvents())
				.tracing(Tracing.disabled());
		}
		ClientResources resources = builder.build();
		// Stops nothing, since all is shared; unsaid, its finalizer would complain.
		resources.shutdown(0, 0, TimeUnit.NANOSECONDS);
		return resources;
	}

	/**
	 * Our loops, whatever class is asked for: Lettuce 7 asks for the one they have,
	 * Lettuce 6 for one of Netty 4.1, and is content with any that can be registered
	 * with.
	 */
	private record SharedLoops(EventLoopGroup loops) implements EventLoopGroupProvider {

		@Override
		@SuppressWarnings("unchecked")
		public <T extends EventLoopGroup> T allocate(Class<T> type) {
			return (T) this.loops;
		}

		@Override
		public int threadPoolSize() {
			return 1;
		}

		@Override
		public Future<Boolean> release(EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
			return shutdown(quietPeriod, timeout, unit);
		}

		@Override
		public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
			return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
		}

	}

	/** A time that never comes. */
	private record NoTimer() implements Timer {

		@Override
		public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
			return new Never(this, task);
		}

		@Override
		public Set<Timeout> stop() {
			return Set.of();
		}

	}

	private record Never(Timer timer, TimerTask task) implements Timeout {

		@Override
		public boolean isExpired() {
			return false;
		}

		@Override
		public boolean isCancelled() {
			return true;
		}

		@Override
		public boolean cancel() {
			return true;
		}

	}

	private record NoEvents() implements EventBus {

		@Override
		public Flux<Event> get() {
			return Flux.empty();
		}

		@Override
		public void publish(Event event) {
			// nobody listens
		}

	}

}
