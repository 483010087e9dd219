package io.scalesrpc.breaker;

import java.util.random.RandomGenerator;

import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.EqualJitterBackoff;
import io.scalesrpc.time.Ticker;

/**
 * The breakers of one client's members: each takes its member out when that fails, and
 * together they see to it that never more than half of the members are out.
 * <em>Thread-safe</em>.
 */
public final class MemberBreakers {

	private final BreakerTerms terms;

	private final Ejections ejections;

	/**
	 * Creates the breakers of a client that has no members yet.
	 * @param settings when a member is out, and for how long
	 * @param metrics where members that are out are counted and shown
	 * @param ticker tells the time
	 * @param random spreads the waits
	 */
	public MemberBreakers(MemberBreakerSettings settings, ClientMetrics metrics, Ticker ticker,
			RandomGenerator random) {
		this.terms = new BreakerTerms(settings,
				new EqualJitterBackoff(settings.backoffMin(), settings.backoffMax(), random), ticker);
		this.ejections = new Ejections(ticker, metrics);
	}

	/**
	 * Puts a breaker around a member. It counts among the client's members until it is
	 * closed.
	 * @param member where the member's calls go
	 * @return the breaker, or the member itself if there are to be no breakers
	 */
	public Sink around(Sink member) {
		if (!this.terms.settings().enabled()) {
			return member;
		}
		MemberBreaker breaker = new MemberBreaker(member, this.terms, this.ejections);
		this.ejections.join(breaker);
		return breaker;
	}

}
