package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.pool.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a member has where a connection takes one call at a time.
 * <em>Immutable</em>.
 *
 * @param low Number of connections of a member that are kept however long they are idle;
 * 0 to high.
 * @param high Most connections of a member; at least 1.
 * @param queue Calls that may wait for a connection of a member; 0 for none.
 * @param idleTimeout Time after which an idle connection beyond low is closed; above 0,
 * at most 1 day.
 * @param maxAge Longest time that a connection is used, less up to a tenth by chance; 0
 * for as long as it lives, at most 1 day.
 */
public record PoolProperties(@Nullable Integer low, @Nullable Integer high, @Nullable Integer queue,
		@Nullable Duration idleTimeout, @Nullable Duration maxAge) {

	static final PoolProperties NONE = new PoolProperties(null, null, null, null, null);

	PoolProperties over(PoolProperties defaults) {
		return new PoolProperties(ClientProperties.first(this.low, defaults.low),
				ClientProperties.first(this.high, defaults.high), ClientProperties.first(this.queue, defaults.queue),
				ClientProperties.first(this.idleTimeout, defaults.idleTimeout),
				ClientProperties.first(this.maxAge, defaults.maxAge));
	}

	/**
	 * The settings as a pool takes them.
	 * @return the settings, those not set being the pool's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name
	 */
	public PoolSettings toSettings() {
		PoolSettings own = PoolSettings.DEFAULT;
		return new PoolSettings(BalancerProperties.or(this.low, own.low()),
				BalancerProperties.or(this.high, own.high()), BalancerProperties.or(this.queue, own.queue()),
				BalancerProperties.or(this.idleTimeout, own.idleTimeout()),
				BalancerProperties.or(this.maxAge, own.maxAge()));
	}

}
