package io.scalesrpc.transport.lookup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Look-ups of host names by the JDK, which knows {@code /etc/hosts} and honours the JDK's
 * cache, on threads of their own because they block: for ten seconds where a name server
 * is silent. One name is looked up once at a time, whoever asks, and has a thread to
 * itself, so that no name waits for another. <em>Thread-safe</em>.
 */
public final class HostLookups {

	/** Those of the process. */
	public static final HostLookups SYSTEM = new HostLookups(threads(), InetAddress::getAllByName);

	/** So many names without an answer hold up nobody. */
	private static final int THREADS = 128;

	private static final int QUEUE = 4096;

	private static final long IDLE_SECONDS = 5;

	private final Executor executor;

	private final NameService names;

	/** By name; each leaves when it is done. */
	private final Map<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();

	/**
	 * Creates look-ups.
	 * @param executor waits for the answers, one thread for each
	 * @param names knows them
	 */
	HostLookups(Executor executor, NameService names) {
		this.executor = executor;
		this.names = names;
	}

	/** Threads that end when they are idle. */
	static Executor threads() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(QUEUE), new DefaultThreadFactory("scales-dns", true));
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	/**
	 * Looks a name up, or joins the look-up that is under way.
	 * @param name a host name; an address would be looked up, too
	 * @return its addresses, at least one, in the order of the JDK; completes on a thread
	 * that must not be held up, or fails with an {@link UnknownHostException}
	 */
	CompletableFuture<List<InetAddress>> find(String name) {
		CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
		CompletableFuture<List<InetAddress>> other = this.running.putIfAbsent(name, mine);
		if (other != null) {
			return other;
		}
		try {
			this.executor.execute(() -> lookUp(name, mine));
		}
		catch (RejectedExecutionException ex) {
			this.running.remove(name, mine);
			mine.completeExceptionally(new UnknownHostException(name + ": too many names are being looked up"));
		}
		return mine;
	}

	/**
	 * Whether a name is being looked up now.
	 * @param name a host name
	 * @return {@code true} if no answer has come yet
	 */
	public boolean isRunning(String name) {
		return this.running.containsKey(name);
	}

	private void lookUp(String name, CompletableFuture<List<InetAddress>> result) {
		try {
			List<InetAddress> found = List.of(addressesOf(name));
			this.running.remove(name, result);
			result.complete(found);
		}
		catch (Throwable ex) {
			// Whatever it is: a look-up that stayed would be joined for ever.
			this.running.remove(name, result);
			result.completeExceptionally(ex);
		}
	}

	/** A hosts file has no names with a dot at the end; name servers have. */
	private InetAddress[] addressesOf(String name) throws UnknownHostException {
		try {
			return this.names.addressesOf(name);
		}
		catch (UnknownHostException ex) {
			if (name.length() > 1 && name.endsWith(".")) {
				return this.names.addressesOf(name.substring(0, name.length() - 1));
			}
			throw ex;
		}
	}

	/** Knows the addresses of names. */
	@FunctionalInterface
	interface NameService {

		/**
		 * Looks a name up; may take long.
		 * @param name a host name
		 * @return at least one address
		 * @throws UnknownHostException if there is none
		 */
		InetAddress[] addressesOf(String name) throws UnknownHostException;

	}

}
