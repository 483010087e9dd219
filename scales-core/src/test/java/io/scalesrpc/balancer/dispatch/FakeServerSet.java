package io.scalesrpc.balancer.dispatch;

import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import org.jspecify.annotations.Nullable;

/**
 * A set whose members a test decides. <em>Thread-safe</em>.
 */
public final class FakeServerSet implements ServerSet {

	private volatile @Nullable Consumer<List<Member>> watcher;

	private volatile boolean closed;

	private final boolean priorities;

	public FakeServerSet() {
		this(false);
	}

	public FakeServerSet(boolean priorities) {
		this.priorities = priorities;
	}

	@Override
	public boolean hasPriorities() {
		return this.priorities;
	}

	@Override
	public void watch(Consumer<List<Member>> newWatcher) {
		this.watcher = newWatcher;
	}

	/** Tells a list, even after the set was closed, as a slow source may. */
	public void tell(Member... members) {
		Consumer<List<Member>> told = this.watcher;
		if (told == null) {
			throw new IllegalStateException("watcher: none (expected: one)");
		}
		told.accept(List.of(members));
	}

	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public String toString() {
		return "fake://set";
	}

}
