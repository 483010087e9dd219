package io.scalesrpc.spring.endpoint;

import java.lang.reflect.RecordComponent;

import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets a native image take settings apart, as {@link SettingTexts} does.
 * <em>Stateless</em>.
 */
final class SettingHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(ClientSettings.class, hints);
		register(RetrySettings.class, hints);
		register(HedgingSettings.class, hints);
		register(CircuitBreakerSettings.class, hints);
		register(ChaosSettings.class, hints);
	}

	private static void register(Class<?> settings, RuntimeHints hints) {
		hints.reflection().registerType(settings, MemberCategory.INVOKE_PUBLIC_METHODS);
		for (RecordComponent part : settings.getRecordComponents()) {
			if (part.getType().isRecord()) {
				register(part.getType(), hints);
			}
		}
	}

}
