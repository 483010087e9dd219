package io.scalesrpc.spring.endpoint;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.spring.BalancerOption;
import io.scalesrpc.spring.ChaosProperties;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SslProperties;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Puts together the settings of a client that are in effect, and where each was written.
 * What the client itself tells comes first, since a customizer may have changed it.
 * <em>Immutable</em>.
 *
 * @param locator finds where a setting was written
 */
record EffectiveSettings(SettingLocator locator) {

	private static final String OF_METHOD = "^methods\\.[^.]+\\.";

	Map<String, SettingDescriptor> of(ClientView view, Set<String> inapplicable, ClientProperties properties) {
		Map<String, String> values = new TreeMap<>(view.settings().protocolOptions());
		properties.options().keySet().forEach((name) -> rename(values, name, "options." + name, properties));
		addTold(values, view);
		addStart(values, properties);
		addMemberBreaker(values, properties.memberBreaker().toSettings());
		addCircuitBreakers(values, view.settings());
		addAdmission(values, properties);
		addChaos(values, "", properties.chaos());
		properties.methods().forEach((method, own) -> addChaos(values, "methods." + method + ".", own.chaos()));
		RetryEntries.add(values, view.settings(), properties.retry().budget().toSettings());
		HedgingEntries.add(values, view.settings());
		addPool(values, view.settings().pool());
		addSsl(values, properties.ssl());
		addLimits(values, properties.limits().toTransportLimits());
		if (properties.service() != null) {
			values.put("service", properties.service().getName());
		}
		inapplicable.forEach((none) -> values.keySet()
			.removeIf((name) -> (name.replaceFirst(OF_METHOD, "") + ".").startsWith(none + ".")));
		Map<String, SettingDescriptor> described = new TreeMap<>();
		values.forEach((name, value) -> described.put(name, describe(view.name(), name, value)));
		return described;
	}

	private static void addTold(Map<String, String> values, ClientView view) {
		ClientSettings told = view.settings();
		values.put("uri", view.uri());
		values.put("protocol", view.protocol());
		values.put("timeout", text(told.timeout()));
		values.put("connect-timeout", text(told.connectTimeout()));
		values.put("close-grace", text(told.closeGrace()));
		addBalancer(values, told.balancer());
		values.put("callbacks", text(told.callbacks()));
		told.methodOptions().forEach((method, options) -> addCache(values, method, options.get(CacheSettings.KEY)));
		told.methodTimeouts().forEach((method, timeout) -> values.put("methods." + method + ".timeout", text(timeout)));
	}

	private static void addCache(Map<String, String> values, String method, CacheSettings cache) {
		String prefix = "methods." + method + ".cache.";
		if (cache.cache() != null) {
			values.put(prefix + "name", cache.cache().name());
			values.put(prefix + "ttl", text(cache.ttl()));
			values.put(prefix + "stale-if-error", text(cache.staleIfError()));
			if (cache.refreshAfter() != null) {
				values.put(prefix + "refresh-after", text(cache.refreshAfter()));
			}
			if (cache.cache().blocks()) {
				values.put(prefix + "lookup-timeout", text(cache.lookupTimeout()));
			}
		}
	}

	private static void addStart(Map<String, String> values, ClientProperties properties) {
		if (properties.connect() != null) {
			values.put("connect", text(properties.connect()));
		}
		if (Boolean.TRUE.equals(properties.warmUp())) {
			values.put("warm-up", "true");
		}
		Integer minReady = properties.minReady();
		if (minReady != null && minReady > 0 && properties.minReadyTimeout() != null) {
			values.put("min-ready", minReady.toString());
			values.put("min-ready-timeout", text(properties.minReadyTimeout()));
		}
	}

	/** Options the type does not use are not in effect. */
	private static void addBalancer(Map<String, String> values, BalancerSettings balancer) {
		values.put("balancer.type", text(balancer.type()));
		for (BalancerOption option : BalancerOption.values()) {
			Object value = option.isUsedBy(balancer.type()) ? option.value(balancer) : null;
			if (value != null) {
				values.put(option.property(), (value instanceof Duration time) ? text(time) : value.toString());
			}
		}
	}

	private static void addMemberBreaker(Map<String, String> values, MemberBreakerSettings breaker) {
		values.put("member-breaker.enabled", String.valueOf(breaker.enabled()));
		if (breaker.enabled()) {
			values.put("member-breaker.consecutive-failures", String.valueOf(breaker.consecutiveFailures()));
			values.put("member-breaker.success-rate.min", String.valueOf(breaker.successRate().min()));
			values.put("member-breaker.success-rate.window", text(breaker.successRate().window()));
			values.put("member-breaker.success-rate.min-calls", String.valueOf(breaker.successRate().minCalls()));
			values.put("member-breaker.backoff-min", text(breaker.backoffMin()));
			values.put("member-breaker.backoff-max", text(breaker.backoffMax()));
		}
	}

	private static void addCircuitBreakers(Map<String, String> values, ClientSettings told) {
		CircuitBreakerDescriptor.addSettings(values, "circuit-breaker.", told.options());
		told.methodOptions()
			.forEach((method, own) -> CircuitBreakerDescriptor.addSettings(values,
					"methods." + method + ".circuit-breaker.", own));
	}

	private static void addAdmission(Map<String, String> values, ClientProperties properties) {
		ThrottlingSettings throttling = properties.throttling().toSettings();
		values.put("throttling.enabled", String.valueOf(throttling.enabled()));
		if (throttling.enabled()) {
			values.put("throttling.threshold", String.valueOf(throttling.threshold()));
			values.put("throttling.window", text(throttling.window()));
		}
		ConcurrencyLimitSettings limit = properties.concurrencyLimit().toSettings();
		values.put("concurrency-limit.max", String.valueOf(limit.max()));
		values.put("concurrency-limit.adaptive", String.valueOf(limit.adaptive()));
	}

	/** What is written, and no more: elsewhere there is no chaos to speak of. */
	private static void addChaos(Map<String, String> values, String prefix, ChaosProperties chaos) {
		put(values, prefix + "chaos.latency.delay", chaos.latency().delay());
		put(values, prefix + "chaos.latency.jitter", chaos.latency().jitter());
		put(values, prefix + "chaos.latency.percent", chaos.latency().percent());
		put(values, prefix + "chaos.failure.kind", chaos.failure().kind());
		put(values, prefix + "chaos.failure.percent", chaos.failure().percent());
		put(values, prefix + "chaos.nack.percent", chaos.nack().percent());
	}

	private static void put(Map<String, String> values, String name, @Nullable Object value) {
		if (value != null) {
			values.put(name, (value instanceof Duration time) ? text(time)
					: (value instanceof Enum<?> constant) ? text(constant) : value.toString());
		}
	}

	/** In effect where a member has more than one connection. */
	private static void addPool(Map<String, String> values, @Nullable PoolSettings pool) {
		if (pool == null) {
			return;
		}
		values.put("pool.low", String.valueOf(pool.low()));
		values.put("pool.high", String.valueOf(pool.high()));
		values.put("pool.queue", String.valueOf(pool.queue()));
		values.put("pool.idle-timeout", text(pool.idleTimeout()));
		values.put("pool.max-age", text(pool.maxAge()));
	}

	/** Names only, never what is in the bundle. */
	private static void addSsl(Map<String, String> values, SslProperties ssl) {
		if (ssl.isEnabled()) {
			put(values, "ssl.bundle", ssl.bundle());
			put(values, "ssl.verify-hostname", ssl.verifiesHostname());
			put(values, "ssl.server-name", ssl.serverName());
		}
	}

	private static void addLimits(Map<String, String> values, TransportLimits limits) {
		values.put("limits.max-frame-size", limits.maxFrameBytes() + "B");
		values.put("limits.max-pending-calls", String.valueOf(limits.maxPendingCalls()));
		values.put("limits.max-write-queue-size", limits.maxWriteQueueBytes() + "B");
		values.put("limits.max-owed-tags", String.valueOf(limits.maxOwedTags()));
	}

	/** An option is shown by the name of the property that sets it. */
	private static void rename(Map<String, String> values, String name, String property, ClientProperties properties) {
		String value = properties.options().get(name);
		if (value != null && value.equals(values.remove(name))) {
			values.put(property, value);
		}
	}

	private SettingDescriptor describe(String client, String name, String value) {
		ConfiguredSetting written = this.locator.find(client, name);
		if (written == null) {
			// What a method does not say itself it has from its client.
			written = this.locator.find(client, name.replaceFirst(OF_METHOD, ""));
		}
		if (written == null) {
			return new SettingDescriptor(value, null, null);
		}
		return new SettingDescriptor(value, written.property(),
				(written.origin() != null) ? written.origin().toString() : null);
	}

	/** As it is written in a configuration. */
	private static String text(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static String text(Duration duration) {
		return DurationStyle.SIMPLE.print(duration, ChronoUnit.MILLIS);
	}

}
