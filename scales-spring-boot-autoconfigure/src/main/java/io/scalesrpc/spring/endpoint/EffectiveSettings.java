package io.scalesrpc.spring.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.stage.BalancerOption;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Puts together the settings of a client that are in effect, and where each was written.
 * The client is asked, since a customizer may have changed what was configured; only what
 * the application does itself comes from its configuration: waiting at the start, the
 * name of an SSL bundle, the class of the service. <em>Thread-safe</em>.
 *
 * @param locator finds where a setting was written
 * @param sanitizer asks the application which values are secrets
 */
record EffectiveSettings(SettingLocator locator, Sanitizer sanitizer) {

	private static final String OF_METHOD = "^methods\\.[^.]+\\.";

	/**
	 * Shown only where they are of the method: set for it, or said by the service itself.
	 */
	private static final String OF_METHOD_ONLY = OF_METHOD + "(timeout|idempotent)$";

	/** The names of options that have a section of their own, in which they may stand. */
	private static final List<String> SECTIONS = List.of("http.", "thrift.", "thriftmux.", "options.");

	Map<String, SettingDescriptor> of(ClientView view, Set<String> inapplicable, ClientProperties properties) {
		ClientSettings told = view.settings();
		SettingTexts texts = new SettingTexts();
		told.protocolOptions().forEach((name, value) -> texts.add(placeOf(view.name(), name), value));
		texts.add("uri", view.uri());
		texts.add("protocol", view.protocol());
		texts.add("timeout", told.timeout());
		texts.add("connect-timeout", told.connectTimeout());
		texts.add("close-grace", told.closeGrace());
		texts.add("connect", told.connect());
		texts.add("callbacks", told.callbacks());
		if (told.accessLog().isOn()) {
			texts.add("access-log", told.accessLog());
		}
		texts.add("member-breaker", told.memberBreaker());
		texts.add("throttling", told.throttling());
		texts.add("concurrency-limit", told.concurrencyLimit());
		texts.add("retry.budget", told.retryBudget());
		texts.add("pool", told.pool());
		texts.add("max-connection-age", told.connections().maxConnectionAge());
		if (told.pool() == null) {
			texts.add("connections-per-member", told.connections().connectionsPerMember());
		}
		texts.add("limits", told.limits());
		addBalancer(texts, told);
		addOptions(texts, told);
		addOfApplication(texts, properties, told.tls());
		Map<String, String> values = texts.all();
		inapplicable.forEach((none) -> values.keySet()
			.removeIf((name) -> (name.replaceFirst(OF_METHOD, "") + ".").startsWith(none + ".")));
		Map<String, SettingDescriptor> described = new TreeMap<>();
		values.forEach((name, value) -> described.put(name, describe(view.name(), name, value)));
		return described;
	}

	/** Options the type does not use are not in effect. */
	private static void addBalancer(SettingTexts texts, ClientSettings told) {
		texts.add("balancer.type", told.balancer().type());
		for (BalancerOption option : BalancerOption.values()) {
			if (option.isUsedBy(told.balancer().type())) {
				texts.add(option.property(), option.value(told.balancer()));
			}
		}
	}

	private static void addOptions(SettingTexts texts, ClientSettings told) {
		texts.add("idempotent", told.options().get(Idempotence.KEY));
		texts.add("retry", told.options().get(RetrySettings.KEY));
		texts.add("hedging", told.options().get(HedgingSettings.KEY));
		addBreaker(texts, "circuit-breaker", told.options().get(CircuitBreakerSettings.KEY));
		add(texts, "", told.options());
		told.methodTimeouts().forEach((method, timeout) -> texts.add("methods." + method + ".timeout", timeout));
		told.methodOptions().forEach((method, own) -> {
			String prefix = "methods." + method + ".";
			addIfSet(texts, prefix + "idempotent", own, Idempotence.KEY);
			addIfSet(texts, prefix + "retry", own, RetrySettings.KEY);
			addIfSet(texts, prefix + "hedging", own, HedgingSettings.KEY);
			if (own.has(CircuitBreakerSettings.KEY)) {
				addBreaker(texts, prefix + "circuit-breaker", own.get(CircuitBreakerSettings.KEY));
			}
			add(texts, prefix, own);
			addCache(texts, prefix, own.get(CacheSettings.KEY));
		});
	}

	/** What is shown only where somebody set it, of a client as of a method. */
	private static void add(SettingTexts texts, String prefix, CallOptions options) {
		if (options.has(AttemptTimeout.KEY)) {
			texts.add(prefix + "attempt-timeout", options.get(AttemptTimeout.KEY).duration());
		}
		addIfSet(texts, prefix + "chaos", options, ChaosSettings.KEY);
	}

	private static <V> void addIfSet(SettingTexts texts, String name, CallOptions options, CallOptions.Key<V> key) {
		if (options.has(key)) {
			texts.add(name, options.get(key));
		}
	}

	/** Shares nobody takes have no effect. */
	private static void addBreaker(SettingTexts texts, String name, CircuitBreakerSettings breaker) {
		texts.add(name, breaker);
		boolean isTimed = breaker.slowCalls().duration() != null;
		if (!isTimed) {
			texts.remove(name + ".slow-call.rate");
		}
		if (!isTimed && breaker.failureRate().threshold() == null) {
			texts.remove(name + ".failure-rate.window");
			texts.remove(name + ".failure-rate.min-calls");
		}
	}

	private static void addCache(SettingTexts texts, String prefix, CacheSettings cache) {
		if (cache.cache() != null) {
			texts.add(prefix + "cache.name", cache.cache().name());
			texts.add(prefix + "cache.ttl", cache.ttl());
			texts.add(prefix + "cache.stale-if-error", cache.staleIfError());
			texts.add(prefix + "cache.refresh-after", cache.refreshAfter());
			texts.add(prefix + "cache.lookup-timeout", cache.cache().blocks() ? cache.lookupTimeout() : null);
		}
	}

	/** Names only, never what is in the bundle. */
	private static void addOfApplication(SettingTexts texts, ClientProperties properties, @Nullable TlsSettings tls) {
		Duration limit = properties.minReadyTimeout();
		if (properties.minReady() > 0) {
			texts.add("min-ready", properties.minReady());
			texts.add("min-ready-timeout", limit);
		}
		texts.add("member-meters", properties.memberMeters());
		if (properties.warmUp()) {
			texts.add("warm-up", true);
		}
		if (tls != null) {
			texts.add("ssl.bundle", properties.ssl().isEnabled() ? properties.ssl().bundle() : null);
			texts.add("ssl.verify-hostname", tls.verifyHostname());
			texts.add("ssl.server-name", tls.serverName());
		}
		if (properties.service() != null) {
			texts.add("service", properties.service().getName());
		}
	}

	/** An option is shown by the name of the property that sets it. */
	private String placeOf(String client, String option) {
		if (this.locator.find(client, option) != null) {
			return option;
		}
		return SECTIONS.stream()
			.map((section) -> section + option)
			.filter((name) -> this.locator.find(client, name) != null)
			.findFirst()
			.orElse(option);
	}

	private SettingDescriptor describe(String client, String name, String value) {
		ConfiguredSetting written = this.locator.find(client, name);
		if (written == null && !name.matches(OF_METHOD_ONLY)) {
			// What a method does not say itself it has from its client.
			written = this.locator.find(client, name.replaceFirst(OF_METHOD, ""));
		}
		String property = (written != null) ? written.property() : SettingLocator.property(client, name);
		Object shown = this.sanitizer.sanitize(new SanitizableData(null, property, value), true);
		String text = String.valueOf(shown);
		if (written == null) {
			return new SettingDescriptor(text, null, null);
		}
		return new SettingDescriptor(text, property, (written.origin() != null) ? written.origin().toString() : null);
	}

}
