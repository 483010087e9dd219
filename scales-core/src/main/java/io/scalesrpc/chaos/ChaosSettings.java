package io.scalesrpc.chaos;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;

/**
 * What is done to the attempts of a method on purpose. An attempt that is held back may
 * fail or be refused as well, afterwards. <em>Immutable</em>.
 *
 * @param latency how attempts are held back
 * @param failure how they are made to fail
 * @param nackPercent of how many it is pretended that a server refused them, 0 to 100;
 * with those that fail at most 100
 */
public record ChaosSettings(InjectedLatency latency, InjectedFailure failure, double nackPercent) {

	/** Nothing is done. */
	public static final ChaosSettings OFF = new ChaosSettings(InjectedLatency.NONE, InjectedFailure.NONE, 0);

	/** What the settings of a call say; off where nothing is set. */
	public static final CallOptions.Key<ChaosSettings> KEY = new CallOptions.Key<>("chaos", OFF);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ChaosSettings {
		Percent.require("nack.percent", nackPercent);
		Checks.requireBeside(nackPercent + failure.percent() <= 100, "nack.percent", nackPercent, "failure.percent",
				"at most 100 with failure.percent, which is " + failure.percent());
	}

	/**
	 * The same with another latency.
	 * @param newLatency how attempts are held back
	 * @return the settings
	 */
	public ChaosSettings withLatency(InjectedLatency newLatency) {
		return new ChaosSettings(newLatency, this.failure, this.nackPercent);
	}

	/**
	 * The same with another failure.
	 * @param newFailure how attempts are made to fail
	 * @return the settings
	 * @throws IllegalArgumentException if more than all were to fail or be refused
	 */
	public ChaosSettings withFailure(InjectedFailure newFailure) {
		return new ChaosSettings(this.latency, newFailure, this.nackPercent);
	}

	/**
	 * The same with another share of refusals.
	 * @param newNackPercent of how many attempts it is pretended that a server refused
	 * them, 0 to 100
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public ChaosSettings withNackPercent(double newNackPercent) {
		return new ChaosSettings(this.latency, this.failure, newNackPercent);
	}

	/**
	 * Whether anything is done at all.
	 * @return {@code false} if all shares are 0
	 */
	public boolean isOn() {
		return this.latency.percent() > 0 || this.failure.percent() > 0 || this.nackPercent > 0;
	}

}
