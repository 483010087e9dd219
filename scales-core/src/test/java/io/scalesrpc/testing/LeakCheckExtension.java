package io.scalesrpc.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.scalesrpc.testing.LeakWatch.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails a test that leaves something behind. After each test: unfinished calls, channels,
 * timeouts and whatever else {@link LeakWatch} was told. After each class: threads, and
 * buffers of which Netty's leak detector says that nobody released them. Waits a bounded
 * time for what ends on other threads. Registered for every test by the service loader;
 * tests run one at a time. <em>Confined to the thread that runs the tests.</em>
 */
public final class LeakCheckExtension implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback,
		AfterEachCallback, TestInstancePreConstructCallback {

	private static final Namespace NAMESPACE = Namespace.create(LeakCheckExtension.class);

	private static final String THREADS = "threads before ";

	/**
	 * Configuration parameter: how long to wait for what ends on other threads; its tests
	 * need not wait long.
	 */
	static final String PATIENCE_MILLIS = "io.scalesrpc.testing.patience-millis";

	/**
	 * The name of the thread group of servers that all tests of a JVM share, because they
	 * take seconds to start.
	 */
	public static final String SHARED_SERVERS = "servers shared by tests";

	private static final int DEFAULT_PATIENCE_MILLIS = 3000;

	private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

	static {
		BufferLeaks.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		scope(context);
		store(context).put(THREADS + context.getUniqueId(), Thread.getAllStackTraces().keySet());
	}

	@Override
	public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
		return ExtensionContextScope.TEST_METHOD;
	}

	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
		scope(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		scope(context);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		failIfAny(context, awaitNone(context, endOf(context)::left));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		Set<?> before = store(context).get(THREADS + context.getUniqueId(), Set.class);
		List<String> left = new ArrayList<>(awaitNone(context, endOf(context)::left));
		left.addAll(awaitNone(context, () -> threadsBeside(before)));
		left.addAll(BufferLeaks.find());
		failIfAny(context, left);
	}

	private static Scope endOf(ExtensionContext context) {
		Scope scope = scope(context);
		LeakWatch.end(scope);
		return scope;
	}

	/** The key names the context because a store also finds what its parents hold. */
	private static Scope scope(ExtensionContext context) {
		return store(context).computeIfAbsent(context.getUniqueId(), (key) -> LeakWatch.begin(), Scope.class);
	}

	private static Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

	private static List<String> threadsBeside(Set<?> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread) && thread.isAlive() && mustEnd(thread))
			.map((thread) -> "thread " + thread.getName())
			.toList();
	}

	/**
	 * Threads of lookups and of the log are shared and end when idle, as does Netty's
	 * global executor; the one that loads Lettuce's classes ends when it has.
	 */
	private static boolean mustEnd(Thread thread) {
		String name = thread.getName();
		if (name.startsWith("scales-dns") || name.equals("scales-discovery") || name.equals("scales-zookeeper")
				|| name.equals("scales-log") || name.equals("scales-redis-warm-up")
				|| name.startsWith("globalEventExecutor") || name.startsWith("defaultEventExecutor")) {
			return false;
		}
		if (SHARED_SERVERS.equals(groupOf(thread))) {
			return false;
		}
		return !thread.isDaemon() || name.startsWith("scales-");
	}

	private static @Nullable String groupOf(Thread thread) {
		ThreadGroup group = thread.getThreadGroup();
		return (group != null) ? group.getName() : null;
	}

	private static List<String> awaitNone(ExtensionContext context, Supplier<List<String>> leftovers) {
		Duration patience = Duration.ofMillis(
				context.getConfigurationParameter(PATIENCE_MILLIS, Integer::valueOf).orElse(DEFAULT_PATIENCE_MILLIS));
		long start = System.nanoTime();
		List<String> left = leftovers.get();
		while (!left.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
			LockSupport.parkNanos(POLL_NANOS);
			left = leftovers.get();
		}
		return left;
	}

	private static void failIfAny(ExtensionContext context, List<String> left) {
		if (!left.isEmpty()) {
			throw new AssertionError(left.stream()
				.limit(20)
				.collect(Collectors.joining("\n  ", context.getDisplayName() + " left behind:\n  ", "")));
		}
	}

}
