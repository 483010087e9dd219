package io.scalesrpc.spring;

import io.scalesrpc.chaos.ChaosSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done to calls on purpose, for tests and game days; needs scales.chaos-allowed.
 * <em>Immutable</em>.
 *
 * @param latency How calls are held back.
 * @param failure How calls are made to fail.
 * @param nack Of how many calls it is pretended that a server refused them.
 */
public record ChaosProperties(@NestedConfigurationProperty @DefaultValue ChaosLatencyProperties latency,
		@NestedConfigurationProperty @DefaultValue ChaosFailureProperties failure,
		@NestedConfigurationProperty @DefaultValue ChaosNackProperties nack) {

	static final ChaosProperties NONE = new ChaosProperties(ChaosLatencyProperties.NONE, ChaosFailureProperties.NONE,
			ChaosNackProperties.NONE);

	/**
	 * These settings, and others where there is none.
	 * @param defaults the others
	 * @return the settings in effect
	 */
	public ChaosProperties over(ChaosProperties defaults) {
		return new ChaosProperties(this.latency.over(defaults.latency), this.failure.over(defaults.failure),
				this.nack.over(defaults.nack));
	}

	/**
	 * Whether anything is written.
	 * @return {@code false} if there is no setting at all
	 */
	public boolean isWritten() {
		return !equals(NONE);
	}

	/**
	 * The settings as the stage takes them.
	 * @return the settings, those not set doing nothing
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its property
	 */
	public ChaosSettings toSettings() {
		Double nacks = this.nack.percent();
		return new ChaosSettings(this.latency.toSettings(), this.failure.toSettings(), (nacks != null) ? nacks : 0);
	}

}
