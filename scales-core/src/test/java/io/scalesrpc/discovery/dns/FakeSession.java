package io.scalesrpc.discovery.dns;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.testing.FakeTime;

/**
 * A session on the test's thread whose look-ups the test answers. <em>Confined to the
 * test's thread</em>.
 */
final class FakeSession implements LookupSession {

	private final FakeTime time;

	/** Look-ups that wait for their result, the oldest first. */
	final Queue<Consumer<LookupResult>> lookups = new ArrayDeque<>();

	int closed;

	FakeSession(FakeTime time) {
		this.time = time;
	}

	@Override
	public void execute(Runnable task) {
		open();
		task.run();
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		open();
		return this.time.schedule(task, delay, unit);
	}

	@Override
	public boolean isCurrentThread() {
		return true;
	}

	@Override
	public void lookUp(Consumer<LookupResult> then) {
		open();
		this.lookups.add(then);
	}

	@Override
	public void close() {
		this.closed++;
	}

	private void open() {
		if (this.closed > 0) {
			throw new IllegalStateException("session: closed (expected: open)");
		}
	}

}
