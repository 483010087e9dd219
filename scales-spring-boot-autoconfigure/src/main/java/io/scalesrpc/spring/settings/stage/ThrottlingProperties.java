package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.call.InvalidSettingException;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When calls are withheld from servers that refuse most of them. <em>Immutable</em>.
 *
 * @param enabled Whether calls are withheld from servers that refuse most of them.
 * @param threshold Share of refusals among the answers up to which no call is withheld;
 * above 0 and below 1.
 * @param window Time over which that share is taken; 1 second to 1 day.
 */
public record ThrottlingProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0.5") double threshold,
		@DefaultValue("4s") Duration window) {

	/**
	 * The settings as the stage takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public ThrottlingSettings toSettings() {
		return new ThrottlingSettings(this.enabled, this.threshold, this.window);
	}

}
