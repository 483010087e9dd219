package io.scalesrpc.spring.endpoint;

import java.util.Map;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.hedging.HedgingSettings;

/**
 * The settings of hedging that are in effect, by the names of their properties.
 * <em>Stateless</em>.
 */
final class HedgingEntries {

	private HedgingEntries() {
	}

	static void add(Map<String, String> values, ClientSettings told) {
		add(values, "hedging.", told.options());
		told.methodOptions().forEach((method, own) -> {
			if (own.has(HedgingSettings.KEY)) {
				add(values, "methods." + method + ".hedging.", own);
			}
		});
	}

	private static void add(Map<String, String> values, String prefix, CallOptions options) {
		HedgingSettings settings = options.get(HedgingSettings.KEY);
		values.put(prefix + "enabled", String.valueOf(settings.enabled()));
		if (settings.enabled()) {
			values.put(prefix + "max-extra-load", String.valueOf(settings.maxExtraLoad()));
			values.put(prefix + "min-delay", EffectiveSettings.text(settings.minDelay()));
			values.put(prefix + "max-delay", EffectiveSettings.text(settings.maxDelay()));
		}
	}

}
