package io.scalesrpc.spring.settings.stage;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.call.InvalidSettingException;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls may be in flight at once. <em>Immutable</em>.
 *
 * @param max Number of calls of the client that may be in flight at once; 0 for any
 * number.
 * @param adaptive Whether the number finds itself, by latency, up to max.
 */
public record ConcurrencyLimitProperties(@DefaultValue("0") int max, @DefaultValue("false") boolean adaptive) {

	/**
	 * The settings as the stage takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public ConcurrencyLimitSettings toSettings() {
		return new ConcurrencyLimitSettings(this.max, this.adaptive);
	}

}
