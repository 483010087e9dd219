package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.chaos.InjectedLatency;
import org.jspecify.annotations.Nullable;

/**
 * How calls are held back on purpose. <em>Immutable</em>.
 *
 * @param delay Time for which a call is held back at least; 0 to 1 day.
 * @param jitter Time for which it is held back longer at most, by chance; 0 to 1 day.
 * @param percent Share of the attempts that are held back; 0 to 100.
 */
public record ChaosLatencyProperties(@Nullable Duration delay, @Nullable Duration jitter, @Nullable Double percent) {

	static final ChaosLatencyProperties NONE = new ChaosLatencyProperties(null, null, null);

	ChaosLatencyProperties over(ChaosLatencyProperties defaults) {
		return new ChaosLatencyProperties(ClientProperties.first(this.delay, defaults.delay),
				ClientProperties.first(this.jitter, defaults.jitter),
				ClientProperties.first(this.percent, defaults.percent));
	}

	InjectedLatency toSettings() {
		InjectedLatency none = InjectedLatency.NONE;
		return new InjectedLatency(BalancerProperties.or(this.delay, none.delay()),
				BalancerProperties.or(this.jitter, none.jitter()), BalancerProperties.or(this.percent, none.percent()));
	}

}
