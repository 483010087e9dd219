package io.scalesrpc.spring.settings.stage;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.chaos.ChaosSettings;

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

	/**
	 * The settings as the stage takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public ChaosSettings toSettings() {
		return new ChaosSettings(this.latency.toSettings(), this.failure.toSettings(), this.nack.percent());
	}

}
