package io.scalesrpc.discovery.dns;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.netty.channel.EventLoop;
import io.scalesrpc.discovery.dns.query.NameResolver;
import io.scalesrpc.discovery.dns.query.NameServers;
import io.scalesrpc.discovery.dns.query.ResolvConf;
import org.jspecify.annotations.Nullable;

/**
 * A session on the shared event loop. What has to be read first (the interfaces and name
 * servers of the system) is read on the loop, too. <em>Thread-safe</em>.
 */
final class NettySession implements LookupSession {

	private final SharedLoop loops;

	private final EventLoop loop;

	private final Supplier<ResolvConf> conf;

	private final RandomGenerator random;

	private final Function<NameResolver, MemberLookup> newLookup;

	/** Of the event loop, as is the next. */
	private @Nullable NameServers nameServers;

	private @Nullable MemberLookup lookup;

	/**
	 * Opens a session, which takes nothing but the loop before it looks up.
	 * @param loops gives the event loop
	 * @param conf tells whom to ask and how
	 * @param random where a rotation begins
	 * @param newLookup makes the look-up
	 */
	NettySession(SharedLoop loops, Supplier<ResolvConf> conf, RandomGenerator random,
			Function<NameResolver, MemberLookup> newLookup) {
		this.loops = loops;
		this.loop = loops.acquire();
		this.conf = conf;
		this.random = random;
		this.newLookup = newLookup;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		Future<?> future = this.loop.schedule(task, delay, unit);
		return () -> future.cancel(false);
	}

	@Override
	public boolean isCurrentThread() {
		return this.loop.inEventLoop();
	}

	@Override
	public void lookUp(Consumer<LookupResult> then) {
		assert isCurrentThread();
		if (this.lookup == null) {
			this.nameServers = new NameServers(this.loop, this.conf, this.random.nextInt(Integer.MAX_VALUE));
			this.lookup = this.newLookup.apply(this.nameServers);
		}
		this.lookup.start(then);
	}

	@Override
	public void close() {
		this.loop.execute(() -> {
			if (this.nameServers != null) {
				this.nameServers.close();
			}
		});
		this.loops.release();
	}

}
