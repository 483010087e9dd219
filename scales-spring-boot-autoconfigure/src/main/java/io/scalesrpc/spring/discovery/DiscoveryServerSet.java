package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * The instances of a service that a {@link DiscoveryClient} knows: asked for when the
 * registry says that something changed, and from time to time. At most one question is
 * under way, and news start at most one a second. <em>Thread-safe</em>: its state is only
 * touched by serial tasks.
 */
final class DiscoveryServerSet implements ServerSet {

	/** From the start of one question to the start of the next. */
	static final Duration GAP = Duration.ofSeconds(1);

	private final ServerSetUri uri;

	private final DiscoveryClient registry;

	private final DiscoveryPoll discoveryPoll;

	private final Consumer<DiscoveryServerSet> onClose;

	private final SerialExecutor serial;

	private final InstanceSnapshot instanceSnapshot;

	private final Turn turn = new Turn();

	private volatile @Nullable Consumer<List<Member>> watcher;

	/**
	 * Creates a set that asks nothing until it is watched.
	 * @param uri names the service
	 * @param registry what is asked; may block
	 * @param discoveryPoll when, and on which threads
	 * @param onClose told when the set was closed
	 */
	DiscoveryServerSet(ServerSetUri uri, DiscoveryClient registry, DiscoveryPoll discoveryPoll,
			Consumer<DiscoveryServerSet> onClose) {
		this.uri = uri;
		this.registry = registry;
		this.discoveryPoll = discoveryPoll;
		this.serial = new SerialExecutor(discoveryPoll.lookups());
		this.onClose = onClose;
		this.instanceSnapshot = new InstanceSnapshot(uri.toString());
	}

	@Override
	public void watch(Consumer<List<Member>> newWatcher) {
		this.watcher = newWatcher;
		this.serial.execute(this::ask);
	}

	/** Something may have changed at the registry. */
	void refresh() {
		this.serial.execute(() -> {
			if (this.turn.asked) {
				this.turn.again = true;
			}
			else if (this.watcher != null) {
				askIn(Math.max(0, GAP.toNanos() - (this.discoveryPoll.ticker().nanos() - this.turn.start)));
			}
		});
	}

	/** A question without an answer for longer than the interval is an error, too. */
	@Override
	public SourceStatus status() {
		long now = this.discoveryPoll.ticker().nanos();
		SourceStatus status = this.instanceSnapshot.status(now);
		long waiting = this.turn.asked ? now - this.turn.start : 0;
		if (waiting <= this.discoveryPoll.interval().toNanos() || status.lastError() != null) {
			return status;
		}
		return new SourceStatus(status.age(), "no answer for " + Duration.ofNanos(waiting).toSeconds() + " s",
				status.badMembers());
	}

	@Override
	public void close() {
		this.watcher = null;
		this.onClose.accept(this);
		this.serial.execute(this.turn::stop);
	}

	private void ask() {
		if (this.watcher == null || this.turn.asked) {
			return;
		}
		this.turn.stop();
		this.turn.start = this.discoveryPoll.ticker().nanos();
		this.turn.asked = true;
		this.discoveryPoll.lookups().execute(this::lookUp);
	}

	/** On a thread that may block. An Error must not end the asking either. */
	private void lookUp() {
		try {
			Instances found = Instances.read(this.registry.getInstances(this.uri.authority()), this.uri.fragment());
			this.serial.execute(() -> answered(found));
		}
		catch (Throwable ex) {
			this.serial.execute(() -> failed(ex));
		}
	}

	private void answered(Instances found) {
		Consumer<List<Member>> told = this.watcher;
		this.turn.asked = false;
		if (told == null) {
			return;
		}
		long now = this.discoveryPoll.ticker().nanos();
		List<Member> news = this.instanceSnapshot.answered(found, now);
		Long grace = this.instanceSnapshot.nanosOfGrace(now);
		next((grace != null) ? Math.min(grace, this.discoveryPoll.nanosToNext()) : this.discoveryPoll.nanosToNext());
		if (news != null) {
			told.accept(news);
		}
	}

	private void failed(Throwable ex) {
		this.turn.asked = false;
		if (this.watcher != null) {
			this.instanceSnapshot.failed(ex);
			next(this.discoveryPoll.nanosAfterFailure());
		}
	}

	private void next(long nanos) {
		boolean again = this.turn.again;
		this.turn.again = false;
		askIn(again ? Math.min(nanos, GAP.toNanos()) : nanos);
	}

	private void askIn(long nanos) {
		this.turn.stop();
		if (nanos == 0) {
			ask();
		}
		else {
			this.turn.next = this.discoveryPoll.in(nanos, () -> this.serial.execute(this::ask));
		}
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	/**
	 * Whose turn it is: the registry's while it is asked, else the timer's. <em>Confined
	 * to the set's serial tasks</em>, except that anybody may read what is volatile.
	 */
	private static final class Turn {

		private volatile boolean asked;

		private volatile long start;

		/** News came while the registry was asked: its answer may be older. */
		private boolean again;

		private Timer.@Nullable Timeout next;

		private void stop() {
			if (this.next != null) {
				this.next.cancel();
				this.next = null;
			}
		}

	}

}
