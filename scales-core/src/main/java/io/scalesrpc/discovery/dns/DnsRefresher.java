package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.LookupResult.Failed;
import io.scalesrpc.discovery.dns.LookupResult.Found;
import io.scalesrpc.discovery.dns.LookupResult.Gone;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look-ups of a watched set, one after the other for as long as it is open. There is
 * always exactly one timeout waiting: the next look-up, or the end of a look-up's
 * patience. A look-up that fails changes nothing; that there is no such name is believed
 * when name servers have said nothing else for a while. The order of an answer means
 * nothing, so that a name server which rotates its answers tells no change. <em>Confined
 * to the session's thread</em>.
 */
final class DnsRefresher {

	/**
	 * A look-up that takes longer is given up: nothing may keep the next from starting.
	 */
	static final Duration LONGEST_LOOKUP = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(DnsRefresher.class);

	private static final Comparator<Member> ORDER = Comparator.comparing(Member::host).thenComparing(Member::port);

	private final DnsServerSet set;

	private final LookupSession session;

	private final Consumer<List<Member>> watcher;

	private List<Member> members = List.of();

	/** How many look-ups failed in a row. */
	private int failures;

	/** Since when name servers say that there is nothing; {@code null} if they do not. */
	private @Nullable Long goneSince;

	/** Whether the log was told of what is wrong: trouble that lasts is told once. */
	private boolean troubled;

	/** The number of the look-up whose result is awaited. */
	private int number;

	private Timer.@Nullable Timeout timeout;

	DnsRefresher(DnsServerSet set, LookupSession session, Consumer<List<Member>> watcher) {
		this.set = set;
		this.session = session;
		this.watcher = watcher;
	}

	/** Starts the first look-up; on any thread. */
	void start() {
		this.session.execute(this::lookUp);
	}

	/** Ends the look-ups and closes the session; on any thread, once. */
	void close() {
		this.session.execute(() -> {
			if (this.timeout != null) {
				this.timeout.cancel();
			}
		});
		this.session.close();
	}

	private void lookUp() {
		assert this.session.isCurrentThread();
		if (this.set.isClosed()) {
			return;
		}
		int mine = ++this.number;
		schedule(() -> settled(mine, new Failed("no result within " + LONGEST_LOOKUP.toSeconds() + " s")),
				LONGEST_LOOKUP.toNanos());
		try {
			this.session.lookUp((result) -> settled(mine, result));
		}
		catch (RuntimeException ex) {
			settled(mine, new Failed(ex.toString()));
		}
	}

	private void settled(int lookup, LookupResult result) {
		assert this.session.isCurrentThread();
		if (lookup != this.number || this.set.isClosed()) {
			return;
		}
		this.number++;
		if (result instanceof Found found) {
			answered(found);
		}
		else if (result instanceof Gone gone) {
			gone(gone.reason());
		}
		else if (result instanceof Failed failed) {
			failed(failed.reason());
		}
	}

	private void answered(Found found) {
		this.failures = 0;
		this.goneSince = null;
		schedule(this::lookUp, this.set.pace().nanosAfter(found.ttl()));
		this.set.answered(found.bad(), found.problem());
		trouble(found.problem());
		List<Member> sorted = found.members().stream().sorted(ORDER).toList();
		if (!sorted.equals(this.members)) {
			this.members = sorted;
			this.watcher.accept(sorted);
		}
	}

	private void failed(String reason) {
		failed(reason, Long.MAX_VALUE);
	}

	private void failed(String reason, long longest) {
		this.failures++;
		schedule(this::lookUp, Math.min(longest, this.set.pace().nanosAfter(this.failures)));
		this.set.failed(reason);
		trouble(reason);
	}

	/** Asks again when the grace is over, if not before. */
	private void gone(String reason) {
		long now = this.set.now();
		Long since = this.goneSince;
		this.goneSince = (since != null) ? since : now;
		long grace = this.set.goneGrace().toNanos() - (now - this.goneSince);
		failed(reason, (grace > 0) ? grace : Long.MAX_VALUE);
		if (grace <= 0 && !this.members.isEmpty()) {
			logger.warn("{}: all {} members are gone, as name servers have said for {} s: {}", this.set,
					this.members.size(), TimeUnit.NANOSECONDS.toSeconds(now - this.goneSince), reason);
			this.members = List.of();
			this.watcher.accept(this.members);
		}
	}

	private void trouble(@Nullable String problem) {
		if (problem != null && !this.troubled) {
			logger.warn("{}: look-up failed, keeping {} members: {}", this.set, this.members.size(), problem);
		}
		else if (problem == null && this.troubled) {
			logger.info("{}: answered again", this.set);
		}
		this.troubled = problem != null;
	}

	private void schedule(Runnable task, long nanos) {
		if (this.timeout != null) {
			this.timeout.cancel();
		}
		this.timeout = this.session.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

}
