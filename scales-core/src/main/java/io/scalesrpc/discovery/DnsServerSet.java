package io.scalesrpc.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses behind a host name, asked for again every 30 seconds; 5 seconds after a
 * lookup that failed. A failed lookup or an empty answer changes nothing. The order of an
 * answer means nothing, so that a name server which rotates its answers tells no change.
 * <em>Thread-safe</em>: its state is only touched by serial tasks.
 */
final class DnsServerSet implements ServerSet {

	static final Duration REFRESH = Duration.ofSeconds(30);

	static final Duration REFRESH_AFTER_FAILURE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(DnsServerSet.class);

	private final ServerSetUri uri;

	private final Member name;

	private final NameResolver resolver;

	private final Executor lookups;

	private final Timer timer;

	private final SerialExecutor serial = new SerialExecutor();

	private final Progress progress = new Progress();

	private volatile boolean closed;

	/**
	 * Creates a set that looks nothing up until it is watched.
	 * @param uri names the host and the port every member has
	 * @param resolver looks the name up
	 * @param lookups runs the resolver, which may block
	 * @param timer wakes the set for the next lookup
	 */
	DnsServerSet(ServerSetUri uri, NameResolver resolver, Executor lookups, Timer timer) {
		this.uri = uri;
		this.name = uri.members().get(0);
		this.resolver = resolver;
		this.lookups = lookups;
		this.timer = timer;
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.lookups.execute(() -> lookUp(watcher));
	}

	@Override
	public void close() {
		this.closed = true;
		this.serial.execute(this.progress::stop);
	}

	private void lookUp(Consumer<List<Member>> watcher) {
		if (this.closed) {
			return;
		}
		try {
			List<Member> found = members(this.resolver.addressesOf(this.name.host()));
			this.serial.execute(() -> answered(found, watcher));
		}
		catch (IOException | RuntimeException ex) {
			this.serial.execute(() -> failed(ex, watcher));
		}
	}

	private List<Member> members(List<String> addresses) throws IOException {
		if (addresses.isEmpty()) {
			throw new IOException("addresses: none (expected: at least one)");
		}
		return addresses.stream().distinct().sorted().map((host) -> Member.of(host, this.name.port())).toList();
	}

	private void answered(List<Member> found, Consumer<List<Member>> watcher) {
		if (this.closed) {
			return;
		}
		again(REFRESH, watcher);
		this.progress.failing = false;
		if (!found.equals(this.progress.members)) {
			this.progress.members = found;
			watcher.accept(found);
		}
	}

	private void failed(Exception ex, Consumer<List<Member>> watcher) {
		if (this.closed) {
			return;
		}
		again(REFRESH_AFTER_FAILURE, watcher);
		if (!this.progress.failing) {
			this.progress.failing = true;
			logger.warn("{}: lookup failed, keeping {} members: {}", this.uri, this.progress.members.size(),
					ex.toString());
		}
	}

	private void again(Duration wait, Consumer<List<Member>> watcher) {
		this.progress.next = this.timer.schedule(() -> this.lookups.execute(() -> lookUp(watcher)), wait.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	/** What is known so far. <em>Confined to the set's serial tasks</em>. */
	private static final class Progress {

		private List<Member> members = List.of();

		/** Whether the last lookup failed: a failure that lasts is told once. */
		private boolean failing;

		private Timer.@Nullable Timeout next;

		private void stop() {
			if (this.next != null) {
				this.next.cancel();
			}
		}

	}

}
