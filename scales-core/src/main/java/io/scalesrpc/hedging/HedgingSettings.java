package io.scalesrpc.hedging;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.MethodSpec;

/**
 * When a second attempt is sent beside one that takes long. It takes effect for methods
 * that are idempotent. <em>Immutable</em>.
 *
 * @param enabled whether there are second attempts at all
 * @param maxExtraLoad the share of calls that may be sent twice, from 0.0001 to 0.5; with
 * 0.01 the second attempt is sent after the 99th percentile of the method's latency
 * @param minDelay no second attempt is sent sooner, from 1 millisecond to below
 * {@code maxDelay}
 * @param maxDelay the upper end of what is measured, at most 1 minute; no second attempt
 * is sent while the percentile is not below
 */
public record HedgingSettings(boolean enabled, double maxExtraLoad, Duration minDelay, Duration maxDelay) {

	private static final Duration LEAST_DELAY = Duration.ofMillis(1);

	private static final Duration MOST_DELAY = Duration.ofMinutes(1);

	/** A hundredth of the calls, after 1 millisecond to 2 seconds: as Finagle. */
	public static final HedgingSettings DEFAULT = new HedgingSettings(true, 0.01, Duration.ofMillis(1),
			Duration.ofSeconds(2));

	/** No second attempts. */
	public static final HedgingSettings OFF = DEFAULT.withEnabled(false);

	/** What the settings of a call say; off where nothing is set. */
	public static final CallOptions.Key<HedgingSettings> KEY = new CallOptions.Key<>("hedging", OFF);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public HedgingSettings {
		Checks.require(maxExtraLoad >= 0.0001 && maxExtraLoad <= 0.5, "maxExtraLoad", maxExtraLoad, "0.0001..0.5");
		Checks.require(maxDelay.compareTo(LEAST_DELAY) > 0 && maxDelay.compareTo(MOST_DELAY) <= 0, "maxDelay", maxDelay,
				"> 1 millisecond and at most 1 minute");
		Checks.requireBeside(minDelay.compareTo(LEAST_DELAY) >= 0 && minDelay.compareTo(maxDelay) < 0, "minDelay",
				minDelay, "maxDelay", "at least 1 millisecond and below maxDelay, which is " + maxDelay);
	}

	/**
	 * The same, switched on or off.
	 * @param newEnabled whether there are second attempts at all
	 * @return the settings
	 */
	public HedgingSettings withEnabled(boolean newEnabled) {
		return new HedgingSettings(newEnabled, this.maxExtraLoad, this.minDelay, this.maxDelay);
	}

	/**
	 * The same with another share of calls.
	 * @param newMaxExtraLoad the share that may be sent twice, from 0.0001 to 0.5
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public HedgingSettings withMaxExtraLoad(double newMaxExtraLoad) {
		return new HedgingSettings(this.enabled, newMaxExtraLoad, this.minDelay, this.maxDelay);
	}

	/**
	 * The same with other delays.
	 * @param min no second attempt is sent sooner
	 * @param max the upper end of what is measured
	 * @return the settings
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public HedgingSettings withDelays(Duration min, Duration max) {
		return new HedgingSettings(this.enabled, this.maxExtraLoad, min, max);
	}

	/**
	 * Whether the calls of a method are hedged.
	 * @param options the options of its calls
	 * @return {@code true} if hedging is on and the method is idempotent
	 */
	public static boolean isOn(CallOptions options) {
		return options.get(KEY).enabled() && options.get(Idempotence.KEY);
	}

	/**
	 * Refuses hedging where somebody asked for it by the name of a method that may not be
	 * hedged. What is said for all methods at once means those that may.
	 * @param method how texts name the method
	 * @param spec the method
	 * @param own what is said for it alone
	 * @param all what is in effect for it
	 * @throws IllegalArgumentException if hedging is on and the method is not idempotent,
	 * or is not answered
	 */
	public static void requireFit(String method, MethodSpec spec, CallOptions own, CallOptions all) {
		if (own.get(KEY).enabled()) {
			Checks.about("methods." + method + ".hedging.enabled", () -> {
				Checks.require(all.get(Idempotence.KEY), "hedging", method,
						"a method that is said to be idempotent, since two servers may serve the call");
				Checks.require(!spec.oneway(), "hedging", method, "a method that is answered");
				return true;
			});
		}
	}

}
