package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.EqualJitterBackoff;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of one client's members: each takes its member out when that fails, and
 * together they see to it that never more than half of the members are out.
 * <em>Thread-safe</em>.
 */
@Internal
public final class MemberBreakers {

	private final Ticker ticker;

	private final RandomGenerator random;

	private final Ejections ejections;

	/** What operators want of members, by address: it outlives a member's sink. */
	private final Map<String, MemberOrder> orders = new ConcurrentHashMap<>();

	private volatile BreakerTerms terms;

	/**
	 * Creates the breakers of a client that has no members yet.
	 * @param settings when a member is out, and for how long
	 * @param metrics where members that are out are counted and shown
	 * @param ticker tells the time
	 * @param random spreads the waits
	 */
	public MemberBreakers(MemberBreakerSettings settings, ClientMetrics metrics, Ticker ticker,
			RandomGenerator random) {
		this.ticker = ticker;
		this.random = random;
		this.ejections = new Ejections(ticker, metrics);
		this.terms = terms(settings);
	}

	/**
	 * Takes over other settings. Members that are out stay out as long as was said; those
	 * in service begin to be counted anew.
	 * @param settings when a member is out, and for how long
	 */
	public void become(MemberBreakerSettings settings) {
		if (!settings.equals(this.terms.settings())) {
			this.terms = terms(settings);
			this.ejections.all().forEach(MemberBreaker::termsChanged);
		}
	}

	/**
	 * Puts a breaker around a member. It counts among the client's members until it is
	 * closed.
	 * @param address by which operators name the member
	 * @param member where the member's calls go
	 * @return the breaker, which does nothing while there are to be none
	 */
	public Sink around(String address, Sink member) {
		MemberBreaker breaker = new MemberBreaker(address, member, this::terms, this.ejections);
		// First, so that whoever changes something now finds it.
		this.ejections.join(breaker);
		breaker.termsChanged();
		this.orders.computeIfPresent(address, (same, wanted) -> {
			breaker.order(wanted);
			return wanted;
		});
		return breaker;
	}

	/**
	 * Takes a member out because an operator wants it, whatever its breaker thinks.
	 * @param address whom
	 * @param drained whether it gets no calls at all; otherwise it gets some when nobody
	 * else is left
	 * @param limit for how long; {@code null} for until it is restored
	 * @param who who wants it, for the log
	 */
	public void takeOut(String address, boolean drained, @Nullable Duration limit, String who) {
		long now = this.ticker.nanos();
		this.orders.values().removeIf((order) -> order.isOver(now));
		MemberOrder wanted = MemberOrder.of(drained, who, now, limit);
		this.orders.put(address, wanted);
		of(address).forEach((breaker) -> breaker.order(wanted));
		this.ejections.tellOfOrder(address, wanted.text(now));
	}

	/**
	 * Gives a member back, whether an operator took it out or its breaker did.
	 * @param address whom
	 * @param who who wants it, for the log
	 */
	public void restore(String address, String who) {
		this.orders.remove(address);
		of(address).forEach((breaker) -> breaker.order(null));
		this.ejections.tellOfOrder(address, "restored by " + who);
	}

	private List<MemberBreaker> of(String address) {
		return this.ejections.all().stream().filter((breaker) -> breaker.address().equals(address)).toList();
	}

	private BreakerTerms terms() {
		return this.terms;
	}

	private BreakerTerms terms(MemberBreakerSettings settings) {
		return new BreakerTerms(settings,
				new EqualJitterBackoff(settings.backoffMin(), settings.backoffMax(), this.random), this.ticker);
	}

}
