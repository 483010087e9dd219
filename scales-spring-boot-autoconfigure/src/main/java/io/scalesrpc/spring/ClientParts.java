package io.scalesrpc.spring;

import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

import io.scalesrpc.client.ConnectMode;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.HttpProperties;
import io.scalesrpc.spring.settings.KafkaProperties;
import io.scalesrpc.spring.settings.MethodProperties;
import io.scalesrpc.spring.settings.RedisProperties;
import io.scalesrpc.spring.settings.SslProperties;
import io.scalesrpc.spring.settings.ThriftProperties;
import io.scalesrpc.spring.settings.ThriftmuxProperties;
import io.scalesrpc.spring.settings.stage.AccessLogProperties;
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

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * Puts the settings of a client together of those parts of which it says something, and
 * of what one has that says nothing: to make a record of nothing, Spring reads all
 * annotations of its constructor for each of its arguments. <em>Immutable</em>.
 *
 * @param binder reads parts
 * @param client the client's name
 * @param says whether the client says something of a part
 */
record ClientParts(Binder binder, ConfigurationPropertyName client, Predicate<ConfigurationPropertyName> says) {

	/**
	 * Puts them together.
	 * @param silent what one has that says nothing
	 * @return the settings
	 * @throws NoSuchElementException if a value is empty and has a default that is
	 * written nowhere but at its record
	 */
	ClientProperties over(ClientProperties silent) {
		return new ClientProperties(valueOrNull("uri", String.class, silent.uri()), type("service", silent.service()),
				valueOrNull("dst", String.class, silent.dst()),
				map("methods", MethodProperties.class, silent.methods()),
				value("protocol", String.class, silent.protocol()), value("timeout", Duration.class, silent.timeout()),
				valueOrNull("attempt-timeout", Duration.class, silent.attemptTimeout()),
				value("idempotent", boolean.class, silent.idempotent()),
				value("max-connection-age", Duration.class, silent.maxConnectionAge()),
				value("connections-per-member", int.class, silent.connectionsPerMember()),
				value("connect-timeout", Duration.class, silent.connectTimeout()),
				value("connect", ConnectMode.class, silent.connect()), value("min-ready", int.class, silent.minReady()),
				value("min-ready-timeout", Duration.class, silent.minReadyTimeout()),
				value("warm-up", boolean.class, silent.warmUp()),
				value("close-grace", Duration.class, silent.closeGrace()),
				value("callbacks", Callbacks.class, silent.callbacks()),
				value("member-meters", boolean.class, silent.memberMeters()),
				section("access-log", AccessLogProperties.class, silent),
				valueOrNull("client-id", String.class, silent.clientId()),
				valueOrNull("encoding", String.class, silent.encoding()),
				valueOrNull("ping-interval", Duration.class, silent.pingInterval()),
				valueOrNull("ping-timeout", Duration.class, silent.pingTimeout()),
				section("balancer", BalancerProperties.class, silent),
				section("member-breaker", MemberBreakerProperties.class, silent),
				section("retry", RetryProperties.class, silent), section("hedging", HedgingProperties.class, silent),
				section("circuit-breaker", CircuitBreakerProperties.class, silent),
				section("concurrency-limit", ConcurrencyLimitProperties.class, silent),
				section("throttling", ThrottlingProperties.class, silent),
				section("chaos", ChaosProperties.class, silent), section("pool", PoolProperties.class, silent),
				section("ssl", SslProperties.class, silent), section("limits", LimitsProperties.class, silent),
				section("http", HttpProperties.class, silent), section("thrift", ThriftProperties.class, silent),
				section("thriftmux", ThriftmuxProperties.class, silent),
				section("kafka", KafkaProperties.class, silent), section("redis", RedisProperties.class, silent),
				map("options", String.class, silent.options()));
	}

	/** One of which nobody has written anything is made when somebody asks for it. */
	private <T> @Nullable T section(String part, Class<T> type, ClientProperties silent) {
		ConfigurationPropertyName name = this.client.append(part);
		return this.says.test(name) ? this.binder.bind(name, Bindable.of(type)).orElse(null) : silent.written(type);
	}

	private <T> T value(String part, Class<T> type, T silent) {
		ConfigurationPropertyName name = this.client.append(part);
		return this.says.test(name) ? this.binder.bind(name, Bindable.of(type)).get() : silent;
	}

	private <T> @Nullable T valueOrNull(String part, Class<T> type, @Nullable T silent) {
		ConfigurationPropertyName name = this.client.append(part);
		return this.says.test(name) ? this.binder.bind(name, Bindable.of(type)).orElse(null) : silent;
	}

	private @Nullable Class<?> type(String part, @Nullable Class<?> silent) {
		ConfigurationPropertyName name = this.client.append(part);
		if (!this.says.test(name)) {
			return silent;
		}
		Bindable<Class<?>> target = Bindable.of(ResolvableType.forClassWithGenerics(Class.class, Object.class));
		return this.binder.bind(name, target).orElse(null);
	}

	private <T> Map<String, T> map(String part, Class<T> type, Map<String, T> silent) {
		ConfigurationPropertyName name = this.client.append(part);
		return this.says.test(name) ? this.binder.bind(name, Bindable.mapOf(String.class, type)).orElse(Map.of())
				: silent;
	}

}
