package io.scalesrpc.discovery.dns;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;

/**
 * A session on the shared event loop. <em>Thread-safe</em>.
 */
final class NettySession implements LookupSession {

	private final SharedLoop loops;

	private final EventLoop loop;

	private final NameServers nameServers;

	private final MemberLookup lookup;

	/**
	 * Opens a session, which takes no socket before it looks up.
	 * @param loops gives the event loop
	 * @param servers whom to ask
	 * @param lookup makes the look-up
	 */
	NettySession(SharedLoop loops, DnsServerAddressStreamProvider servers,
			Function<NameResolver, MemberLookup> lookup) {
		this.loops = loops;
		this.loop = loops.acquire();
		this.nameServers = new NameServers(this.loop, servers, NameServers.QUERY_TIMEOUT);
		this.lookup = lookup.apply(this.nameServers);
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
		this.lookup.start(then);
	}

	@Override
	public void close() {
		this.loop.execute(this.nameServers::close);
		this.loops.release();
	}

}
