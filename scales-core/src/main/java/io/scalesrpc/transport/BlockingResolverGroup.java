package io.scalesrpc.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Name resolution by the JDK, which knows {@code /etc/hosts} and honours the JDK's cache,
 * moved off the event loops because it blocks. <em>Thread-safe</em>.
 */
final class BlockingResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	static final BlockingResolverGroup INSTANCE = new BlockingResolverGroup();

	private static final int THREADS = 2;

	private static final int QUEUE = 4096;

	private final ExecutorService resolverThreads;

	private BlockingResolverGroup() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(QUEUE), new DefaultThreadFactory("scales-dns", true));
		threads.allowCoreThreadTimeOut(true);
		this.resolverThreads = threads;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetSocketAddressResolver(executor, new DefaultNameResolver(executor) {

			@Override
			protected void doResolve(String host, Promise<InetAddress> promise) {
				onResolverThread(() -> super.doResolve(host, promise), promise);
			}

			private void onResolverThread(ThrowingTask task, Promise<?> promise) {
				BlockingResolverGroup.this.run(task, promise);
			}

		});
	}

	private void run(ThrowingTask task, Promise<?> promise) {
		try {
			this.resolverThreads.execute(() -> {
				try {
					task.run();
				}
				catch (Exception ex) {
					promise.tryFailure(ex);
				}
			});
		}
		catch (RuntimeException ex) {
			promise.tryFailure(ex);
		}
	}

	/** A task that may throw. */
	@FunctionalInterface
	private interface ThrowingTask {

		void run() throws Exception;

	}

}
