package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The members that DNS tells of. Holds nothing before it is watched and after it was
 * closed. <em>Thread-safe</em>.
 */
final class DnsServerSet implements ServerSet {

	private final String uri;

	private final Supplier<LookupSession> sessions;

	private final RefreshDelay pace;

	private final Duration goneGrace;

	private final Ticker ticker;

	private final AtomicReference<@Nullable DnsRefresher> cycle = new AtomicReference<>();

	private volatile boolean closed;

	private volatile SourceView view = SourceView.NOTHING;

	/**
	 * Creates a set that looks nothing up until it is watched.
	 * @param uri what the set is called
	 * @param sessions opens the session of a watched set
	 * @param pace tells when to look up again
	 * @param goneGrace how long name servers must say that there is nothing before its
	 * members are given up; zero or more
	 * @param ticker tells how old an answer is
	 */
	DnsServerSet(String uri, Supplier<LookupSession> sessions, RefreshDelay pace, Duration goneGrace, Ticker ticker) {
		this.uri = uri;
		this.sessions = sessions;
		this.pace = pace;
		this.goneGrace = goneGrace;
		this.ticker = ticker;
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		if (this.closed) {
			return;
		}
		DnsRefresher started = new DnsRefresher(this, this.sessions.get(), watcher);
		started.start();
		this.cycle.set(started);
		if (this.closed) {
			close();
		}
	}

	/** The records of services have them. */
	@Override
	public boolean hasPriorities() {
		return this.uri.startsWith("srv:");
	}

	@Override
	public SourceStatus status() {
		SourceView now = this.view;
		Duration age = now.answered() ? Duration.ofNanos(this.ticker.nanos() - now.at()) : null;
		return new SourceStatus(age, now.problem(), now.bad());
	}

	@Override
	public void close() {
		this.closed = true;
		DnsRefresher running = this.cycle.getAndSet(null);
		if (running != null) {
			running.close();
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	RefreshDelay pace() {
		return this.pace;
	}

	/** How long name servers must say that there is nothing. */
	Duration goneGrace() {
		return this.goneGrace;
	}

	long now() {
		return this.ticker.nanos();
	}

	void answered(int bad, @Nullable String problem) {
		this.view = new SourceView(true, this.ticker.nanos(), bad, problem);
	}

	void failed(String problem) {
		SourceView last = this.view;
		this.view = new SourceView(last.answered(), last.at(), last.bad(), problem);
	}

	@Override
	public String toString() {
		return this.uri;
	}

	/**
	 * What the status is made of. <em>Immutable</em>.
	 *
	 * @param answered whether there ever was an answer
	 * @param at when the last one came, a reading of the ticker
	 * @param bad how many records of it were left out
	 * @param problem what was not answered since
	 */
	private record SourceView(boolean answered, long at, int bad, @Nullable String problem) {

		private static final SourceView NOTHING = new SourceView(false, 0, 0, null);

	}

}
