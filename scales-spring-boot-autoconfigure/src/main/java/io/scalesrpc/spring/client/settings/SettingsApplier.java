package io.scalesrpc.spring.client.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.kafka.KafkaMethodSpec;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.start.MinReady;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.MethodProperties;
import io.scalesrpc.spring.settings.stage.AccessLogProperties;
import io.scalesrpc.spring.settings.stage.BalancerOption;
import io.scalesrpc.spring.settings.stage.BalancerProperties;
import io.scalesrpc.spring.settings.stage.ChaosProperties;
import io.scalesrpc.spring.settings.stage.CircuitBreakerProperties;
import io.scalesrpc.spring.settings.stage.ConcurrencyLimitProperties;
import io.scalesrpc.spring.settings.stage.HedgingProperties;
import io.scalesrpc.spring.settings.stage.LimitsProperties;
import io.scalesrpc.spring.settings.stage.MemberBreakerProperties;
import io.scalesrpc.spring.settings.stage.PoolProperties;
import io.scalesrpc.spring.settings.stage.RetryProperties;
import io.scalesrpc.spring.settings.stage.ThrottlingProperties;
import org.jspecify.annotations.Nullable;

/**
 * Applies the settings of one client to a builder: the one place that knows which goes
 * where, but for those that take beans of the application ({@code ClientAssembler}). What
 * is wrong is noted, and the next setting is looked at. <em>Confined to the thread that
 * makes the client</em>.
 */
public final class SettingsApplier {

	private static final String RETRY = "retry";

	private static final String HEDGING = "hedging";

	private static final String BREAKER = "circuit-breaker";

	private static final String CHAOS = "chaos";

	/** Those of one value each that have one whether somebody wrote it or not. */
	private static final List<String> VALUES = List.of("timeout", "close-grace", "callbacks", "member-meters",
			"connect-timeout", "max-connection-age", "connections-per-member", "connect", "min-ready",
			"min-ready-timeout");

	private final String client;

	private final ClientProperties settings;

	/** In the order of their names, so that mistakes are told in one order. */
	private final Map<String, MethodProperties> methods;

	private final InapplicableSettings inapplicable;

	private final SettingLocator locator;

	private final Mistakes mistakes;

	private final UnheededSettings unheeded;

	private final ClientBuilder<?> builder;

	public SettingsApplier(String client, ClientProperties settings, InapplicableSettings inapplicable,
			Mistakes mistakes, ClientBuilder<?> builder) {
		this.client = client;
		this.settings = settings;
		this.methods = new TreeMap<>(settings.methods());
		this.inapplicable = inapplicable;
		this.locator = inapplicable.locator();
		this.mistakes = mistakes;
		this.unheeded = new UnheededSettings(client, this.locator, mistakes);
		this.builder = builder;
	}

	public void apply() {
		for (String setting : VALUES) {
			if (isApplicable(setting)) {
				value(setting, setting, this::applyValue);
			}
		}
		for (Map.Entry<String, MethodProperties> method : this.methods.entrySet()) {
			applyMethod(method.getKey(), method.getValue());
		}
		if (isApplicable(RETRY)) {
			applyRetries();
		}
		if (isApplicable(HEDGING) && isSaid(HedgingProperties.class)) {
			applyHedging();
		}
		if (isSaid(CircuitBreakerProperties.class)) {
			applyCircuitBreakers();
		}
		for (Object section : this.settings.written()) {
			applySection(section);
		}
		if (!this.methods.isEmpty()) {
			ofMethods(CHAOS, ChaosSettings.KEY, (own) -> own.chaos()::toSettings, ChaosSettings::isOn);
		}
		for (Map.Entry<String, String> option : this.settings.protocolOptions().entrySet()) {
			option(option.getKey(), option.getValue());
		}
	}

	private void applyValue(String setting) {
		switch (setting) {
			case "timeout" -> this.builder.timeout(this.settings.timeout());
			case "close-grace" -> this.builder.closeGrace(this.settings.closeGrace());
			case "callbacks" -> this.builder.callbacks(this.settings.callbacks());
			case "member-meters" -> this.builder.memberMeters(this.settings.memberMeters());
			case "connect-timeout" -> this.builder.connectTimeout(this.settings.connectTimeout());
			case "max-connection-age" -> this.builder.maxConnectionAge(this.settings.maxConnectionAge());
			case "connections-per-member" -> applyConnectionsPerMember();
			case "connect" -> this.builder.connect(this.settings.connect());
			// Nothing of the builder: it is the application that waits.
			case "min-ready" -> new MinReady(this.settings.minReady(), MinReady.NONE.limit());
			case "min-ready-timeout" -> checkMinReadyTimeout();
			default -> throw new IllegalArgumentException(setting);
		}
	}

	/** What nobody wrote is as the builder has it, whose defaults are the same. */
	private void applySection(Object written) {
		if (written instanceof AccessLogProperties accessLog) {
			section("access-log", accessLog::toSettings, this::applyAccessLog);
		}
		else if (written instanceof BalancerProperties balancer) {
			if (isApplicable("balancer")) {
				applyBalancer(balancer);
			}
		}
		else if (written instanceof MemberBreakerProperties memberBreaker) {
			section("member-breaker", memberBreaker::toSettings, (made) -> {
				this.builder.memberBreaker(made);
				this.unheeded.refuseBeside("member-breaker", made.enabled());
			});
		}
		else if (written instanceof ThrottlingProperties throttling) {
			section("throttling", throttling::toSettings, (made) -> {
				this.builder.throttling(made);
				this.unheeded.refuseBeside("throttling", made.enabled());
			});
		}
		else if (written instanceof ConcurrencyLimitProperties concurrencyLimit) {
			section("concurrency-limit", concurrencyLimit::toSettings, this.builder::concurrencyLimit);
		}
		else if (written instanceof ChaosProperties chaos) {
			section(CHAOS, chaos::toSettings, this.builder::chaos);
		}
		else if (written instanceof PoolProperties pool) {
			section("pool", pool::toSettings, this.builder::pool);
		}
		else if (written instanceof LimitsProperties limits) {
			section("limits", limits::toTransportLimits, this.builder::limits);
		}
	}

	private void applyAccessLog(AccessLogSettings made) {
		this.builder.accessLog(made);
		if (!made.isOn()) {
			this.unheeded.refuse("access-log.sample", "without access-log.slow or access-log.failed: no call is logged",
					"access-log.slow'.");
		}
	}

	/**
	 * Among the defaults they are meant for clients whose calls can share connections.
	 */
	private void applyConnectionsPerMember() {
		Map<String, String> options = this.settings.protocolOptions();
		boolean isHttp = this.inapplicable.protocol().equals("http")
				|| this.inapplicable.protocol().equals("thrift-http");
		if (isOwn("connections-per-member") || !isHttp || "2".equals(options.get("version"))) {
			this.builder.connectionsPerMember(this.settings.connectionsPerMember());
		}
	}

	private void checkMinReadyTimeout() {
		new MinReady(0, this.settings.minReadyTimeout());
		if (isApplicable("min-ready") && this.settings.minReady() == 0 && !this.settings.warmUp()) {
			this.unheeded.refuse("min-ready-timeout", "without min-ready, which is 0, and without warm-up",
					"min-ready'.");
		}
	}

	/** Those of a method, without its stages. */
	private void applyMethod(String method, MethodProperties own) {
		value(of(method, "timeout"), own.timeout(), (timeout) -> this.builder.methodTimeout(method, timeout));
		value(of(method, "topic"), own.topic(), (topic) -> topic(method, topic));
		if (isApplicable(RETRY)) {
			value(of(method, "idempotent"), own.idempotent(),
					(idempotent) -> this.builder.methodOption(method, Idempotence.KEY, idempotent));
			value(of(method, "attempt-timeout"), own.attemptTimeout(), (limit) -> this.builder.methodOption(method,
					AttemptTimeout.KEY,
					attempt(of(method, ""), limit, (own.timeout() != null) ? own.timeout() : this.settings.timeout())));
		}
	}

	private void topic(String method, String topic) {
		Checks.require(this.inapplicable.protocol().equals("kafka"), of(method, "topic"), topic,
				"none with protocol " + this.inapplicable.protocol());
		this.builder.methodOption(method, KafkaMethodSpec.TOPIC, topic);
	}

	private void applyRetries() {
		RetryProperties written = this.settings.written(RetryProperties.class);
		if (isSaid(RetryProperties.class)) {
			boolean isOn = stage(RETRY, RetrySettings.KEY, (written != null) ? written::toSettings : null,
					(own) -> own.retry()::toSettings, RetrySettings::enabled);
			this.unheeded.refuseBeside(RETRY, written == null || isOn);
		}
		if (written != null) {
			made("retry.budget", written.budget()::toSettings, this.builder::retryBudget);
		}
		if (this.settings.idempotent()) {
			this.builder.callOption(Idempotence.KEY, true);
		}
		applyAttemptTimeouts();
	}

	/** Among the defaults it may be meant for clients whose calls may take longer. */
	private void applyAttemptTimeouts() {
		Duration ofAll = this.settings.attemptTimeout();
		if (ofAll != null
				&& (isOwn("attempt-timeout") || !isOwn("timeout") || ofAll.compareTo(this.settings.timeout()) <= 0)) {
			value("attempt-timeout", ofAll, (limit) -> this.builder.callOption(AttemptTimeout.KEY,
					attempt("", limit, this.settings.timeout())));
		}
	}

	private static AttemptTimeout attempt(String prefix, Duration limit, Duration timeout) {
		AttemptTimeout made = Checks.about(prefix + "attempt-timeout", () -> new AttemptTimeout(limit));
		Checks.requireBeside(limit.compareTo(timeout) <= 0, prefix + "attempt-timeout", limit, prefix + "timeout",
				"at most timeout, which is " + timeout);
		return made;
	}

	private void applyHedging() {
		HedgingProperties written = this.settings.written(HedgingProperties.class);
		boolean ofAll = written != null && mayHedge(written);
		boolean ofMethods = ofMethods(HEDGING, HedgingSettings.KEY, (own) -> own.hedging()::toSettings,
				HedgingSettings::enabled);
		if (written != null) {
			this.unheeded.refuseWithout(HEDGING, ofAll || ofMethods);
		}
	}

	/** Among the defaults it may be meant for clients that have idempotent methods. */
	private boolean mayHedge(HedgingProperties written) {
		boolean hasIdempotent = this.settings.idempotent()
				|| this.methods.values().stream().anyMatch((own) -> Boolean.TRUE.equals(own.idempotent()));
		HedgingSettings made = this.mistakes.section(this.client, HEDGING, written::toSettings);
		if (made != null && made.enabled() && (isOwn("hedging.enabled") || hasIdempotent)) {
			this.builder.callOption(HedgingSettings.KEY, made);
		}
		return made == null || made.enabled();
	}

	private void applyCircuitBreakers() {
		List<CircuitBreakerSettings> all = new ArrayList<>();
		CircuitBreakerProperties written = this.settings.written(CircuitBreakerProperties.class);
		boolean isOn = stage(BREAKER, CircuitBreakerSettings.KEY, (written != null) ? written::toSettings : null,
				(own) -> own.circuitBreaker()::toSettings, (made) -> {
					all.add(made);
					return made.enabled();
				});
		if (written != null) {
			this.unheeded.refuseWithout(BREAKER, isOn);
			this.unheeded.refuseParts(BREAKER, all);
		}
	}

	private void applyBalancer(BalancerProperties written) {
		BalancerCheck check = new BalancerCheck(this.locator, this.client);
		this.mistakes.of(this.client, () -> {
			check.check(written);
			requireResolved(BalancerOption.ZONE.property(), written.zone().name());
			if (written.zone().name().isBlank()) {
				this.unheeded.refuse(BalancerOption.ZONE_MAX_LOAD.property(),
						"without " + BalancerOption.ZONE.property(), BalancerOption.ZONE.property() + "'.");
			}
			return this.builder.balancer(balancer(written));
		});
	}

	/** Among the defaults, keys are for clients whose protocols have some. */
	private BalancerSettings balancer(BalancerProperties written) {
		BalancerSettings made = Checks.within("balancer", written::toSettings);
		String reason = this.inapplicable.keyless();
		if (made.type() != BalancerType.HASH || reason == null) {
			return made;
		}
		Checks.require(!isOwn("balancer.type"), "balancer.type", "hash",
				"another one with protocol " + this.inapplicable.protocol() + ": " + reason);
		return made.withType(BalancerType.APERTURE);
	}

	/**
	 * The settings of a stage: those of all methods, if somebody wrote any, and those of
	 * methods that say something of it.
	 * @return whether it is on anywhere, or may be, by what is written
	 */
	private <S> boolean stage(String section, CallOptions.Key<S> key, @Nullable Supplier<S> ofAll,
			Function<MethodProperties, Supplier<S>> ofMethod, Function<S, Boolean> isOn) {
		boolean on = false;
		if (ofAll != null) {
			S made = this.mistakes.section(this.client, section, ofAll);
			on = made == null || isOn.apply(made);
			if (made != null) {
				this.builder.callOption(key, made);
			}
		}
		return ofMethods(section, key, ofMethod, isOn) || on;
	}

	private <S> boolean ofMethods(String section, CallOptions.Key<S> key,
			Function<MethodProperties, Supplier<S>> ofMethod, Function<S, Boolean> isOn) {
		boolean any = false;
		for (Map.Entry<String, MethodProperties> method : this.methods.entrySet()) {
			String own = of(method.getKey(), section);
			if (this.locator.ownBelow(this.client, own).isEmpty()) {
				continue;
			}
			S made = this.mistakes.section(this.client, own, ofMethod.apply(method.getValue()));
			if (made == null) {
				any = true;
				continue;
			}
			this.builder.methodOption(method.getKey(), key, made);
			boolean on = isOn.apply(made);
			any |= on;
			if (section.equals(RETRY)) {
				this.unheeded.refuseBeside(own, on);
			}
			else if (!section.equals(CHAOS)) {
				this.unheeded.refuseWithout(own, on);
			}
			if (made instanceof CircuitBreakerSettings breaker) {
				this.unheeded.refuseParts(own, List.of(breaker));
			}
		}
		return any;
	}

	private <S> void section(String section, Supplier<S> maker, Consumer<S> setter) {
		if (isApplicable(section)) {
			made(section, maker, setter);
		}
	}

	private <S> void made(String section, Supplier<S> maker, Consumer<S> setter) {
		S made = this.mistakes.section(this.client, section, maker);
		if (made != null) {
			setter.accept(made);
		}
	}

	/** Whether anybody may have said anything of a stage. */
	private boolean isSaid(Class<?> stage) {
		return this.settings.written(stage) != null || !this.methods.isEmpty();
	}

	private boolean isApplicable(String setting) {
		return !this.inapplicable.reasons().containsKey(setting);
	}

	/**
	 * The defaults are for clients of any protocol; what a client says itself its
	 * protocol must know.
	 */
	private void option(String name, String value) {
		value(name, value, (text) -> {
			if (this.locator.isOwnOption(this.client, name)) {
				this.builder.option(name, text);
			}
			else {
				this.builder.defaultOption(name, text);
			}
		});
	}

	private <V> void value(String setting, @Nullable V value, Consumer<V> setter) {
		if (value != null) {
			this.mistakes.of(this.client, () -> {
				requireResolved(setting, value);
				return Checks.about(setting, () -> {
					setter.accept(value);
					return true;
				});
			});
		}
	}

	/** What Spring leaves as it is, since nobody says what it stands for. */
	public static void requireResolved(String setting, Object value) {
		String text = String.valueOf(value);
		int begin = text.indexOf("${");
		int end = text.indexOf('}', begin);
		if (value instanceof String && begin >= 0 && end > begin) {
			String placeholder = text.substring(begin, end + 1);
			throw InvalidSettingException.of(setting, text,
					"a value for " + placeholder + ": no property, environment variable or profile has one");
		}
	}

	private boolean isOwn(String setting) {
		return this.locator.findOwn(this.client, setting) != null;
	}

	private static String of(String method, String setting) {
		return "methods." + method + "." + setting;
	}

}
