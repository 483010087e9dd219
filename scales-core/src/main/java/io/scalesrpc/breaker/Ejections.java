package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Which members of a client its breakers have out, and whether those are too many. While
 * more than half are out or down there is panic, as Envoy calls it: no breaker is heeded,
 * since the fault is likely not the members', and those that are left could not carry the
 * load of all. So at most half of the members are ever out, and never the only one.
 * Members that an operator has taken out are left out of the sum, above and below: they
 * say nothing of the others, and of those that are left at most half are out.
 * <p>
 * <em>Thread-safe</em>, without locks. Members are counted anew when one is taken out or
 * back, joins or leaves; and, for those that go down by themselves, ten times a second,
 * if somebody asks.
 */
final class Ejections {

	private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

	private final Ticker ticker;

	private final ClientMetrics metrics;

	private final ClientLog log;

	private final Set<MemberBreaker> breakers = ConcurrentHashMap.newKeySet();

	/** How often something changed. */
	private final AtomicInteger changes = new AtomicInteger();

	private final AtomicBoolean counting = new AtomicBoolean();

	private volatile Count latest;

	Ejections(Ticker ticker, ClientMetrics metrics) {
		this.ticker = ticker;
		this.metrics = metrics;
		this.log = new ClientLog(metrics.client(), ticker);
		this.latest = count(ticker.nanos());
		metrics.gauge(MeterNames.BREAKER_OUT, this, Ejections::out);
		metrics.gauge(MeterNames.BREAKER_PANIC, this, (source) -> source.isPanic(ticker.nanos()) ? 1 : 0);
	}

	Set<MemberBreaker> all() {
		return this.breakers;
	}

	void join(MemberBreaker breaker) {
		this.breakers.add(breaker);
		changed();
	}

	void leave(MemberBreaker breaker) {
		this.breakers.remove(breaker);
		changed();
	}

	/** Notes that a member was taken out, after {@link #changed()}. */
	void ejected(@Nullable Object member, String why, Failure last) {
		this.metrics.count(Event.EJECTED);
		this.log.tellSeldom(Level.WARN, member,
				() -> "member " + member + " is left alone: " + why + ", the last: " + last.reason());
	}

	/** Notes that a member is back, by a probe that was answered. */
	void cameBack(@Nullable Object member) {
		this.log.tellSeldom(Level.INFO, member, () -> "member " + member + " is back: it answered");
	}

	/** Notes that an operator wanted something. */
	void tellOfOrder(String address, String text) {
		this.log.tell(Level.WARN, "member " + address + " is " + text);
	}

	/** Notes that the state of a breaker is another one. */
	void changed() {
		this.changes.incrementAndGet();
	}

	/** Whether breakers are overruled. Asked for every look at a member that is out. */
	boolean isPanic(long now) {
		return latest(now).isPanic();
	}

	/** By their breakers, or an operator. */
	int out() {
		Count now = latest(this.ticker.nanos());
		return now.out + now.ordered;
	}

	/** While one thread counts, the others go by what they knew before. */
	private Count latest(long now) {
		Count seen = this.latest;
		boolean fresh = seen.changes == this.changes.get() && now - seen.at < FRESH_NANOS;
		if (!fresh && this.counting.compareAndSet(false, true)) {
			try {
				seen = count(now);
				this.latest = seen;
			}
			finally {
				this.counting.set(false);
			}
		}
		return seen;
	}

	private Count count(long now) {
		// read first: a change made while counting makes the count an old one
		int changesBefore = this.changes.get();
		int all = 0;
		int ordered = 0;
		int out = 0;
		int down = 0;
		for (MemberBreaker breaker : this.breakers) {
			if (breaker.isOrdered()) {
				ordered++;
				continue;
			}
			all++;
			if (breaker.isOut()) {
				out++;
			}
			else if (breaker.member().state() == SinkState.CLOSED) {
				down++;
			}
		}
		return new Count(changesBefore, now, all, ordered, out, down);
	}

	/**
	 * The members at one moment. <em>Immutable</em>.
	 *
	 * @param changes how often something had changed
	 * @param at when it was taken
	 * @param all how many there were that no operator had taken out
	 * @param ordered how many others there were
	 * @param out how many of them were out by their breaker
	 * @param down how many of the others were down
	 */
	private record Count(int changes, long at, int all, int ordered, int out, int down) {

		boolean isPanic() {
			return this.out > 0 && 2 * (this.out + this.down) > this.all;
		}

	}

}
