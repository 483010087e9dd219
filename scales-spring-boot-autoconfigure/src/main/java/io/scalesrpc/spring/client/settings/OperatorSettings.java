package io.scalesrpc.spring.client.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.call.Checks;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Settings that an operator has set for a time: properties before all others, so that
 * they go the same way, are checked alike, and are shown with their origin. Nobody sees
 * one before it is found right: it is looked at in an environment of its own. That asks
 * beans, so no lock is held meanwhile; who was overtaken looks again.
 * <em>Thread-safe</em>.
 */
public final class OperatorSettings {

	private static final Logger logger = LoggerFactory.getLogger(OperatorSettings.class);

	/** How their origin is called. */
	private static final String NAME = "set by an operator of Scales";

	private static final Duration MOST = Duration.ofDays(1);

	/** When what could not be ended in time is tried again. */
	private static final Duration AGAIN = Duration.ofMinutes(1);

	private final Environment environment;

	private final Consumer<Supplier<Proposal>> takeOver;

	private final BiConsumer<Runnable, Duration> later;

	/**
	 * Those in effect by their properties. Replaced where proposals are accepted, one at
	 * a time.
	 */
	private volatile Map<String, Change> changes = Map.of();

	/**
	 * Creates it without settings.
	 * @param environment where they go
	 * @param takeOver has a proposal take effect, or refuses it; accepts one at a time
	 * @param later runs what is to be done after a time, on a thread of its own
	 */
	public OperatorSettings(Environment environment, Consumer<Supplier<Proposal>> takeOver,
			BiConsumer<Runnable, Duration> later) {
		this.environment = environment;
		this.takeOver = takeOver;
		this.later = later;
	}

	/** Runs a task after a time, on a daemon thread of its own. */
	public static void later(Runnable task, Duration time) {
		CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, (ready) -> {
			Thread thread = new Thread(ready, "scales-settings");
			thread.setDaemon(true);
			thread.start();
		}).execute(task);
	}

	/**
	 * Sets one.
	 * @param limit for how long; null for until it is ended
	 * @throws RuntimeException if it is refused; nothing has changed
	 */
	public void set(String client, String setting, String value, @Nullable Duration limit, String who) {
		requireHot(setting);
		Checks.require(limit == null || (!limit.isNegative() && !limit.isZero() && limit.compareTo(MOST) <= 0),
				"duration", String.valueOf(limit), "above 0, at most 1 day");
		Change mine = new Change(client, setting, SettingLocator.property(client, setting), value);
		change((all) -> all.put(mine.property, mine));
		logger.warn("[{}] {} is set to {} by {}{}", client, setting, value, who,
				(limit != null) ? ", for " + limit.toSeconds() + " s" : "");
		if (limit != null) {
			this.later.accept(() -> expire(mine), limit);
		}
	}

	/**
	 * Gives one back to the configuration.
	 * @throws RuntimeException if there is none, or the configuration is refused; nothing
	 * has changed
	 */
	public void end(String client, String setting, String who) {
		requireHot(setting);
		String property = SettingLocator.property(client, setting);
		change((all) -> Checks.require(all.remove(property) != null, "setting", setting,
				"one that an operator has set"));
		logger.warn("[{}] {} is as configured again, by {}", client, setting, who);
	}

	/** Ends one whose time is over, unless it has given way to another. */
	private void expire(Change mine) {
		try {
			endUnlessReplaced(mine);
		}
		catch (RuntimeException ex) {
			logger.error("[{}] {} stays as an operator set it, for {} s more: {}", mine.client, mine.setting,
					AGAIN.toSeconds(), ScalesConfigurationException.text(ex));
			this.later.accept(() -> expire(mine), AGAIN);
		}
	}

	private void endUnlessReplaced(Change mine) {
		if (this.changes.get(mine.property) == mine) {
			change((all) -> all.remove(mine.property, mine));
			logger.warn("[{}] {} is as configured again, its time is over", mine.client, mine.setting);
		}
	}

	private static void requireHot(String setting) {
		Checks.require(HotSettings.isHot(setting), "setting", setting,
				"one that may change while the client lives: " + HotSettings.TEXT);
	}

	private void change(Consumer<Map<String, Change>> edit) {
		this.takeOver.accept(() -> {
			MapPropertySource source = source(edited(edit));
			// Not overtaken as long as it says what was looked at.
			return new Proposal(with(source), () -> source(edited(edit)).getSource().equals(source.getSource()), () -> {
				put(source, configurable().getPropertySources());
				this.changes = edited(edit);
			});
		});
	}

	private Map<String, Change> edited(Consumer<Map<String, Change>> edit) {
		Map<String, Change> edited = new LinkedHashMap<>(this.changes);
		edit.accept(edited);
		return edited;
	}

	/**
	 * Never changes: who reads it while another takes its place reads one or the other.
	 */
	private static MapPropertySource source(Map<String, Change> changes) {
		Map<String, Object> values = new LinkedHashMap<>();
		changes.forEach((property, change) -> values.put(property, change.value));
		return new MapPropertySource(NAME, values);
	}

	/** What the environment would be, for who looks only. */
	private ConfigurableEnvironment with(MapPropertySource source) {
		MutablePropertySources sources = new MutablePropertySources();
		for (PropertySource<?> each : configurable().getPropertySources()) {
			if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(each)) {
				sources.addLast(each);
			}
		}
		put(source, sources);
		ConfigurableEnvironment candidate = new AbstractEnvironment(sources) {
		};
		ConfigurationPropertySources.attach(candidate);
		return candidate;
	}

	private static void put(MapPropertySource source, MutablePropertySources sources) {
		if (sources.contains(NAME)) {
			sources.replace(NAME, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	private ConfigurableEnvironment configurable() {
		if (this.environment instanceof ConfigurableEnvironment all) {
			return all;
		}
		throw new IllegalStateException(
				"environment: " + this.environment.getClass().getName() + " (expected: a ConfigurableEnvironment)");
	}

	/** What an operator has set: that one and no other, equal or not. */
	private static final class Change {

		private final String client;

		private final String setting;

		private final String property;

		private final String value;

		Change(String client, String setting, String property, String value) {
			this.client = client;
			this.setting = setting;
			this.property = property;
			this.value = value;
		}

	}

}
