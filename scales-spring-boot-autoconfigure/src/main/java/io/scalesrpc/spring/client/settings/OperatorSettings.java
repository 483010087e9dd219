package io.scalesrpc.spring.client.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import io.scalesrpc.call.Checks;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings that an operator has set for a time: properties before all others, so that
 * they go the same way, are checked alike, and are shown with their origin.
 * <em>Thread-safe</em>.
 */
public final class OperatorSettings {

	private static final Logger logger = LoggerFactory.getLogger(OperatorSettings.class);

	/** How their origin is called. */
	private static final String NAME = "set by an operator of Scales";

	private static final Duration MOST = Duration.ofDays(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** When what could not be ended in time is tried again. */
	private static final Duration AGAIN = Duration.ofMinutes(1);

	/**
	 * Held while the settings are taken over, which asks for beans: so nobody waits for
	 * it longer than {@link #PATIENCE}.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Object> values = new ConcurrentHashMap<>();

	/** Those in effect by their properties, so that an older one ends nothing. */
	private final Map<String, Change> overrides = new HashMap<>();

	private final Environment environment;

	private final Runnable refresh;

	private final BiConsumer<Runnable, Duration> later;

	/**
	 * Creates it without settings.
	 * @param environment where they go
	 * @param refresh has them take effect, or refuses them
	 * @param later runs what is to be done after a time, on a thread of its own
	 */
	public OperatorSettings(Environment environment, Runnable refresh, BiConsumer<Runnable, Duration> later) {
		this.environment = environment;
		this.refresh = refresh;
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
		Change mine = new Change(client, setting, SettingLocator.property(client, setting));
		awaitOthers();
		try {
			change(mine.property, value);
			this.overrides.put(mine.property, mine);
		}
		finally {
			this.lock.unlock();
		}
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
		awaitOthers();
		try {
			Checks.require(this.values.containsKey(property), "setting", setting, "one that an operator has set");
			change(property, null);
			this.overrides.remove(property);
		}
		finally {
			this.lock.unlock();
		}
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
		awaitOthers();
		try {
			if (this.overrides.get(mine.property) != mine) {
				return;
			}
			change(mine.property, null);
			this.overrides.remove(mine.property);
			logger.warn("[{}] {} is as configured again, its time is over", mine.client, mine.setting);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void requireHot(String setting) {
		Checks.require(HotSettings.isHot(setting), "setting", setting,
				"one that may change while the client lives: " + HotSettings.TEXT);
	}

	/** The caller has waited for others. */
	private void change(String property, @Nullable Object value) {
		Object before = put(property, value);
		try {
			this.refresh.run();
		}
		catch (RuntimeException ex) {
			put(property, before);
			throw ex;
		}
	}

	/** One change at a time: what is refused of one must not stop another. */
	private void awaitOthers() {
		try {
			if (this.lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new IllegalStateException(
				"setting: another one is being set, for " + PATIENCE.toSeconds() + " s (expected: one at a time)");
	}

	private @Nullable Object put(String property, @Nullable Object value) {
		if (this.environment instanceof ConfigurableEnvironment all && !all.getPropertySources().contains(NAME)) {
			all.getPropertySources().addFirst(new MapPropertySource(NAME, this.values));
		}
		return (value != null) ? this.values.put(property, value) : this.values.remove(property);
	}

	/** What an operator has set: that one and no other, equal or not. */
	private static final class Change {

		private final String client;

		private final String setting;

		private final String property;

		Change(String client, String setting, String property) {
			this.client = client;
			this.setting = setting;
			this.property = property;
		}

	}

}
