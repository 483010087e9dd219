package io.scalesrpc.spring.client.settings;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;

/**
 * The levels of the loggers of clients, {@code logging.level.scales.*}, which Spring Boot
 * reads at the start only. <em>Immutable</em>.
 *
 * @param levels by logger
 */
public record LogLevels(Map<String, LogLevel> levels) {

	/** Above those of clients, {@code scales.client.<name>}. */
	private static final String OURS = "scales";

	/**
	 * Reads them.
	 * @throws RuntimeException if one is none
	 */
	public static LogLevels of(Environment environment) {
		Map<String, LogLevel> levels = new TreeMap<>();
		Binder.get(environment)
			.bind("logging.level", Bindable.mapOf(String.class, LogLevel.class))
			.orElse(Map.of())
			.forEach((logger, level) -> {
				if (logger.equals(OURS) || logger.startsWith(OURS + ".") || logger.startsWith("io.scalesrpc")) {
					levels.put(logger, level);
				}
			});
		return new LogLevels(levels);
	}

	/**
	 * Sets those that are others than before; one that is gone is that of its parent.
	 * @return does it, and asks for no bean
	 */
	public Runnable replacing(LogLevels before, BeanFactory beans) {
		LoggingSystem system = beans.getBeanProvider(LoggingSystem.class).getIfAvailable();
		return (system != null) ? () -> replace(before, system) : () -> {
		};
	}

	private void replace(LogLevels before, LoggingSystem system) {
		before.levels.keySet()
			.stream()
			.filter((logger) -> !this.levels.containsKey(logger))
			.forEach((logger) -> system.setLogLevel(logger, null));
		this.levels.forEach((logger, level) -> {
			if (level != before.levels.get(logger)) {
				system.setLogLevel(logger, level);
			}
		});
	}

}
