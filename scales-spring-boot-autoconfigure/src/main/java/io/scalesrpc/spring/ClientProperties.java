package io.scalesrpc.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.client.Callbacks;
import io.scalesrpc.client.ConnectMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of one client; what it does not say comes from the defaults.
 * <em>Immutable</em>.
 *
 * @param uri Where the members are, such as tcp://host1:9090,host2:9090.
 * @param service Generated class of the service, for interfaces that do not extend a
 * generated one.
 * @param dst Finagle path of the destination, for servers that route.
 * @param methods Settings of single methods, by the name in Java or in the IDL.
 * @param protocol Name of the protocol that is spoken.
 * @param timeout Longest time a call may take in all, opening a connection and every
 * attempt included; above 0, at most 1 day.
 * @param attemptTimeout Longest time that one attempt of a call may take; above 0, at
 * most 1 day; without it, as long as the call.
 * @param idempotent Whether every method may be called twice with the effect of once.
 * @param connectTimeout Longest time that opening a connection may take; above 0, at most
 * 1 day.
 * @param connect When connections are opened: with the first call, or at once.
 * @param minReady Number of members that must be connected before the application goes on
 * starting; 0 for none.
 * @param minReadyTimeout Longest time that the start waits for them; above 0, at most 1
 * day.
 * @param warmUp Whether the start waits until the client has a connection, and the way of
 * a call was gone, so that the first call is as good as any.
 * @param closeGrace Time that calls in flight are given when the application stops; 0 to
 * 1 day.
 * @param callbacks Where futures and Monos complete.
 * @param clientId Name the servers know this application by.
 * @param encoding Encoding of Thrift messages: binary, compact or json.
 * @param pingInterval Time from one ping of a connection to the next; 0 for no pings.
 * @param pingTimeout Time after which an unanswered ping replaces the connection.
 * @param balancer How members are chosen.
 * @param memberBreaker When a member that fails is left alone.
 * @param retry When a call that failed is sent again, and how often.
 * @param hedging When a second attempt is sent beside one that takes long.
 * @param circuitBreaker When all calls are refused for a time, because too many failed.
 * @param concurrencyLimit How many calls may be in flight at once.
 * @param throttling When calls are refused because servers refuse most of them.
 * @param chaos What is done to calls on purpose, for tests and game days.
 * @param pool How many connections a member has where each takes one call at a time.
 * @param ssl How connections to members are encrypted.
 * @param limits How much one connection may hold.
 * @param kafka Settings of protocol kafka.
 * @param redis Settings of protocol redis.
 * @param options Further settings of the protocol, by name.
 */
public record ClientProperties(@Nullable String uri, @Nullable Class<?> service, @Nullable String dst,
		@DefaultValue Map<String, MethodProperties> methods, @Nullable String protocol, @Nullable Duration timeout,
		@Nullable Duration attemptTimeout, @Nullable Boolean idempotent, @Nullable Duration connectTimeout,
		@Nullable ConnectMode connect, @Nullable Integer minReady, @Nullable Duration minReadyTimeout,
		@Nullable Boolean warmUp, @Nullable Duration closeGrace, @Nullable Callbacks callbacks,
		@Nullable String clientId, @Nullable String encoding, @Nullable Duration pingInterval,
		@Nullable Duration pingTimeout, @NestedConfigurationProperty @DefaultValue BalancerProperties balancer,
		@NestedConfigurationProperty @DefaultValue MemberBreakerProperties memberBreaker,
		@NestedConfigurationProperty @DefaultValue RetryProperties retry,
		@NestedConfigurationProperty @DefaultValue HedgingProperties hedging,
		@NestedConfigurationProperty @DefaultValue CircuitBreakerProperties circuitBreaker,
		@NestedConfigurationProperty @DefaultValue ConcurrencyLimitProperties concurrencyLimit,
		@NestedConfigurationProperty @DefaultValue ThrottlingProperties throttling,
		@NestedConfigurationProperty @DefaultValue ChaosProperties chaos,
		@NestedConfigurationProperty @DefaultValue PoolProperties pool,
		@NestedConfigurationProperty @DefaultValue SslProperties ssl,
		@NestedConfigurationProperty @DefaultValue LimitsProperties limits,
		@NestedConfigurationProperty @DefaultValue KafkaProperties kafka,
		@NestedConfigurationProperty @DefaultValue RedisProperties redis, @DefaultValue Map<String, String> options) {

	/** A client that says nothing itself. */
	public static final ClientProperties NONE = new ClientProperties(null, null, null, Map.of(), null, null, null, null,
			null, null, null, null, null, null, null, null, null, null, null, BalancerProperties.NONE,
			MemberBreakerProperties.NONE, RetryProperties.NONE, HedgingProperties.NONE, CircuitBreakerProperties.NONE,
			ConcurrencyLimitProperties.NONE, ThrottlingProperties.NONE, ChaosProperties.NONE, PoolProperties.NONE,
			SslProperties.NONE, new LimitsProperties(null, null, null, null), KafkaProperties.NONE,
			RedisProperties.NONE, Map.of());

	/** Copies the maps. */
	public ClientProperties {
		methods = Map.copyOf(methods);
		options = Map.copyOf(options);
	}

	/**
	 * These settings, and the defaults where there is none.
	 * @param defaults the settings that every client shares
	 * @return the settings in effect
	 */
	public ClientProperties over(ClientDefaults defaults) {
		Map<String, String> allOptions = new LinkedHashMap<>(defaults.options());
		allOptions.putAll(this.options);
		return new ClientProperties(this.uri, this.service, this.dst, this.methods,
				first(this.protocol, defaults.protocol()), first(this.timeout, defaults.timeout()),
				first(this.attemptTimeout, defaults.attemptTimeout()), first(this.idempotent, defaults.idempotent()),
				first(this.connectTimeout, defaults.connectTimeout()), first(this.connect, defaults.connect()),
				first(this.minReady, defaults.minReady()), first(this.minReadyTimeout, defaults.minReadyTimeout()),
				first(this.warmUp, defaults.warmUp()), first(this.closeGrace, defaults.closeGrace()),
				first(this.callbacks, defaults.callbacks()), first(this.clientId, defaults.clientId()),
				first(this.encoding, defaults.encoding()), first(this.pingInterval, defaults.pingInterval()),
				first(this.pingTimeout, defaults.pingTimeout()), this.balancer.over(defaults.balancer()),
				this.memberBreaker.over(defaults.memberBreaker()), this.retry.over(defaults.retry()),
				this.hedging.over(defaults.hedging()), this.circuitBreaker.over(defaults.circuitBreaker()),
				this.concurrencyLimit.over(defaults.concurrencyLimit()), this.throttling.over(defaults.throttling()),
				this.chaos.over(defaults.chaos()), this.pool.over(defaults.pool()), this.ssl.over(defaults.ssl()),
				this.limits.over(defaults.limits()), this.kafka.over(defaults.kafka()),
				this.redis.over(defaults.redis()), allOptions);
	}

	/**
	 * The settings of the protocol itself, by the names it knows them by.
	 * @return those that are set; a setting with a property of its own comes before one
	 * of the same name among the options
	 */
	public Map<String, String> protocolOptions() {
		Map<String, String> all = new LinkedHashMap<>(this.options);
		put(all, "client-id", this.clientId);
		put(all, "encoding", this.encoding);
		put(all, "dst", this.dst);
		put(all, "ping-interval", this.pingInterval);
		put(all, "ping-timeout", this.pingTimeout);
		return all;
	}

	private static void put(Map<String, String> options, String name, @Nullable Object value) {
		if (value != null) {
			options.put(name, value.toString());
		}
	}

	static <V> @Nullable V first(@Nullable V own, @Nullable V otherwise) {
		return (own != null) ? own : otherwise;
	}

}
