package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a watcher the members: changes that come within 50 ms at once, an empty list
 * after 20 seconds in which nobody came back, nothing twice. <em>Confined to the serial
 * tasks of its server set</em>.
 */
final class Publisher {

	static final Duration BATCH = Duration.ofMillis(50);

	static final Duration EMPTY_GRACE = Duration.ofSeconds(20);

	private final Supplier<List<Member>> members;

	private final Executor serial;

	private final Timer timer;

	private final Consumer<List<Member>> watcher;

	private Timer.@Nullable Timeout batch;

	private Timer.@Nullable Timeout grace;

	private @Nullable List<Member> told;

	private boolean closed;

	/**
	 * Creates a publisher that has told nothing.
	 * @param members knows the members
	 * @param serial runs what the timer wakes
	 * @param timer wakes it
	 * @param watcher is told
	 */
	Publisher(Supplier<List<Member>> members, Executor serial, Timer timer, Consumer<List<Member>> watcher) {
		this.members = members;
		this.serial = serial;
		this.timer = timer;
		this.watcher = watcher;
	}

	/** Something changed: tells it soon, with what else changes until then. */
	void changed() {
		if (this.batch == null && !this.closed) {
			this.batch = later(BATCH, this::publish);
		}
	}

	/** Tells what there is now. */
	void publish() {
		cancel(this.batch);
		this.batch = null;
		if (this.closed) {
			return;
		}
		List<Member> now = this.members.get();
		if (!now.isEmpty()) {
			cancel(this.grace);
			this.grace = null;
			tell(now);
		}
		else if (this.grace == null) {
			this.grace = later(EMPTY_GRACE, this::believeEmpty);
		}
	}

	private void believeEmpty() {
		if (this.grace != null && !this.closed) {
			this.grace = null;
			tell(this.members.get());
		}
	}

	private void tell(List<Member> now) {
		if (!now.equals(this.told)) {
			this.told = now;
			this.watcher.accept(now);
		}
	}

	/** Tells nothing any more. */
	void close() {
		this.closed = true;
		cancel(this.batch);
		cancel(this.grace);
	}

	private Timer.Timeout later(Duration delay, Runnable task) {
		return this.timer.schedule(() -> this.serial.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void cancel(Timer.@Nullable Timeout timeout) {
		if (timeout != null) {
			timeout.cancel();
		}
	}

}
