package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;

/**
 * The turns in which the members of one client that are down are connected to. While the
 * others suffice, those that come back together, as a group of servers or a rack does,
 * are taken back one after the other, less than two a second. Nobody waits for its turn
 * for more than ten seconds: of more than a dozen members that are down, more are tried.
 * While too few are left there are no turns: then every member is needed.
 * <em>Thread-safe</em>.
 */
@Internal
public final class ReconnectPace {

	/**
	 * The least time between two attempts, a little more than half a second: whoever
	 * counts connections by the second never sees three.
	 */
	static final Duration PAUSE = Duration.ofMillis(550);

	/** By chance the pause is up to this longer, so that clients do not keep step. */
	static final Duration JITTER = Duration.ofMillis(200);

	/** The longest that somebody waits for its turn. */
	static final Duration MOST = Duration.ofSeconds(10);

	private final Ticker ticker;

	private final RandomGenerator random;

	/** When the next attempt may be, by the ticker. */
	private final AtomicLong next;

	private volatile BooleanSupplier suffices = () -> false;

	/**
	 * Creates a pace without turns until it is known whether the others suffice.
	 * @param ticker tells the time
	 * @param random the source of chance; thread-safe
	 */
	public ReconnectPace(Ticker ticker, RandomGenerator random) {
		this.ticker = ticker;
		this.random = random;
		this.next = new AtomicLong(ticker.nanos());
	}

	/**
	 * Says who knows whether there is time.
	 * @param enough whether the members that can be called suffice for all calls; asked
	 * on any thread before an attempt to connect, and must neither block nor throw
	 */
	public void heed(BooleanSupplier enough) {
		this.suffices = enough;
	}

	/** Whether there are turns now. */
	boolean isOn() {
		return this.suffices.getAsBoolean();
	}

	/**
	 * Takes the next turn for an attempt to connect.
	 * @return how long it is until then, in nanoseconds; zero for now
	 */
	long take() {
		long now = this.ticker.nanos();
		long pause = PAUSE.toNanos() + (long) (JITTER.toNanos() * this.random.nextDouble());
		if (!isOn()) {
			// Who comes back in haste counts for those who need not hurry.
			this.next.accumulateAndGet(now + pause, ReconnectPace::later);
			return 0;
		}
		long turn = this.next.getAndUpdate((seen) -> {
			long mine = later(seen, now);
			return (mine - now > MOST.toNanos()) ? seen : mine + pause;
		});
		long wait = Math.max(0, turn - now);
		return (wait > MOST.toNanos()) ? (long) (MOST.toNanos() * this.random.nextDouble()) : wait;
	}

	/** Readings of a ticker are compared by their difference. */
	private static long later(long one, long other) {
		return (one - other > 0) ? one : other;
	}

}
