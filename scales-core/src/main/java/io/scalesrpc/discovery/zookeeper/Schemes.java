package io.scalesrpc.discovery.zookeeper;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.scalesrpc.discovery.LookupThreads;
import io.scalesrpc.discovery.MissingLibrariesException;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.Ticker;
import org.apache.curator.framework.CuratorFramework;
import tools.jackson.core.json.JsonFactory;

/**
 * What the schemes of this package have in common: how their URIs look, the threads and
 * connections they share, and what they say when Curator is absent. <em>Stateless</em>;
 * thread-safe.
 */
final class Schemes {

	/** With a version where Spring Boot manages none. */
	private static final String LIBRARIES = "org.apache.curator:curator-recipes:5.9.0 and tools.jackson.core:jackson-core";

	private static final List<String> NO_NAMES = List.of("", ".", "..");

	private Schemes() {
	}

	/**
	 * Checks a URI.
	 * @throws IllegalArgumentException if hosts or path are not right
	 */
	static void check(ServerSetUri uri, String expected) {
		uri.members();
		List<String> names = List.of(uri.path().split("/", -1));
		boolean right = names.size() > 1 && names.stream().skip(1).noneMatch(NO_NAMES::contains);
		if (!right || uri.path().chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: " + expected + ")");
		}
	}

	/** What takes optional libraries to make; says so where they are missing. */
	static <T> T make(ServerSetUri uri, Supplier<T> maker) {
		try {
			// The first node would be too late to miss what reads JSON.
			Objects.requireNonNull(libraries());
			return maker.get();
		}
		catch (NoClassDefFoundError ex) {
			throw new MissingLibrariesException("uri: " + uri + " (expected: " + LIBRARIES
					+ " on the class path; missing: " + String.valueOf(ex.getMessage()).replace('/', '.') + ")",
					LIBRARIES, ex);
		}
	}

	private static List<Class<?>> libraries() {
		return List.of(CuratorFramework.class, JsonFactory.class);
	}

	/** Made late, so that the schemes can be listed where Curator is absent. */
	static ZooKeeperContext context() {
		return Holder.CONTEXT;
	}

	/** The one context of the process. <em>Immutable</em>. */
	private static final class Holder {

		private static final long IDLE_SECONDS = 10;

		private static final LookupThreads TIMER = new LookupThreads("scales-zookeeper");

		/** Each waits for one ensemble: one without an answer holds up no other. */
		private static final Executor THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
				TimeUnit.SECONDS, new SynchronousQueue<>(), Holder::thread);

		private static final ZooKeeperContext CONTEXT = new ZooKeeperContext(THREADS, TIMER, Ticker.SYSTEM);

		private static Thread thread(Runnable task) {
			Thread thread = new Thread(task, "scales-zookeeper");
			thread.setDaemon(true);
			return thread;
		}

	}

}
