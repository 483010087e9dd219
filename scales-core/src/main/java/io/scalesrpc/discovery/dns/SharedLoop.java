package io.scalesrpc.discovery.dns;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One event loop for all sets that are open: made for the first, stopped with the last.
 * So a provider, which nobody closes, holds no thread. <em>Thread-safe</em>.
 */
public final class SharedLoop {

	/** What its thread is called. */
	static final String THREAD = "scales-discovery-dns";

	private static final long IDLE_DAYS = 365;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable EventLoopGroup group;

	private int users;

	/**
	 * Takes the loop; to be given back by {@link #release()}, once.
	 * @return the loop
	 */
	public EventLoop acquire() {
		this.lock.lock();
		try {
			if (this.group == null) {
				this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(THREAD, true),
						NioIoHandler.newFactory());
				// A loop with nothing in its calendar looks into it once a second.
				this.group.schedule(() -> {
				}, IDLE_DAYS, TimeUnit.DAYS);
			}
			this.users++;
			return this.group.next();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives the loop back. Tasks handed in before still run. */
	public void release() {
		this.lock.lock();
		try {
			if (--this.users == 0 && this.group != null) {
				this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
				this.group = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
