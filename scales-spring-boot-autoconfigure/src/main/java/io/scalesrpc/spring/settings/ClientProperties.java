package io.scalesrpc.spring.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.client.ConnectMode;
import io.scalesrpc.client.delivery.Callbacks;
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
 * @param connect When connections are opened: with the first call, or at once.
 * @param maxConnectionAge Age at which another connection takes the place of one, less up
 * to a tenth by chance; 0 for never, otherwise 100 ms to 1 day.
 * @param connectionsPerMember Number of connections to each member that calls share, from
 * 1 to 64.
 * @param connectTimeout Longest time that opening a connection may take; above 0, at most
 * 1 day.
 * @param minReady Number of members that must be connected before the application goes on
 * starting; 0 for none.
 * @param minReadyTimeout Longest time that the start waits for them; above 0, at most 1
 * day.
 * @param warmUp Whether the start waits until the client has a connection and has made
 * one trial pass through the path of a call, so that the first call is as good as any.
 * @param closeGrace Time that calls in flight are given when the application stops; 0 to
 * 1 day.
 * @param callbacks Where futures and Monos complete.
 * @param memberMeters Whether each member has meters of its own, which go when it leaves.
 * @param accessLog Which calls have a line each in the log.
 * @param clientId Name the servers know this application by.
 * @param encoding Encoding of Thrift messages: binary, compact or json.
 * @param pingInterval Time from one ping of a connection in use to the next; 0 for no
 * pings.
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
 * @param http Settings of the protocols http and thrift-http.
 * @param thrift Settings of the protocols thrift and thrift-http.
 * @param thriftmux Settings of protocol thriftmux.
 * @param kafka Settings of protocol kafka.
 * @param redis Settings of protocol redis.
 * @param options Settings of a protocol of the application's own, by name. Those of
 * Scales have a place of their own; here they are read for one version more.
 */
public record ClientProperties(@Nullable String uri, @Nullable Class<?> service, @Nullable String dst,
		@DefaultValue Map<String, MethodProperties> methods, @DefaultValue("thriftmux") String protocol,
		@DefaultValue("10s") Duration timeout, @Nullable Duration attemptTimeout,
		@DefaultValue("false") boolean idempotent, @DefaultValue("0s") Duration maxConnectionAge,
		@DefaultValue("1") int connectionsPerMember, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue("lazy") ConnectMode connect, @DefaultValue("0") int minReady,
		@DefaultValue("10s") Duration minReadyTimeout, @DefaultValue("false") boolean warmUp,
		@DefaultValue("10s") Duration closeGrace, @DefaultValue("executor") Callbacks callbacks,
		@DefaultValue("false") boolean memberMeters,
		@NestedConfigurationProperty @Nullable AccessLogProperties accessLog, @Nullable String clientId,
		@Nullable String encoding, @Nullable Duration pingInterval, @Nullable Duration pingTimeout,
		@NestedConfigurationProperty @Nullable BalancerProperties balancer,
		@NestedConfigurationProperty @Nullable MemberBreakerProperties memberBreaker,
		@NestedConfigurationProperty @Nullable RetryProperties retry,
		@NestedConfigurationProperty @Nullable HedgingProperties hedging,
		@NestedConfigurationProperty @Nullable CircuitBreakerProperties circuitBreaker,
		@NestedConfigurationProperty @Nullable ConcurrencyLimitProperties concurrencyLimit,
		@NestedConfigurationProperty @Nullable ThrottlingProperties throttling,
		@NestedConfigurationProperty @Nullable ChaosProperties chaos,
		@NestedConfigurationProperty @Nullable PoolProperties pool,
		@NestedConfigurationProperty @Nullable SslProperties ssl,
		@NestedConfigurationProperty @Nullable LimitsProperties limits,
		@NestedConfigurationProperty @Nullable HttpProperties http,
		@NestedConfigurationProperty @Nullable ThriftProperties thrift,
		@NestedConfigurationProperty @Nullable ThriftmuxProperties thriftmux,
		@NestedConfigurationProperty @Nullable KafkaProperties kafka,
		@NestedConfigurationProperty @Nullable RedisProperties redis, @DefaultValue Map<String, String> options) {

	/** Copies the maps. */
	public ClientProperties {
		methods = Map.copyOf(methods);
		options = Map.copyOf(options);
	}

	@Override
	public AccessLogProperties accessLog() {
		return Unwritten.or(this.accessLog, AccessLogProperties.class);
	}

	@Override
	public BalancerProperties balancer() {
		return Unwritten.or(this.balancer, BalancerProperties.class);
	}

	@Override
	public MemberBreakerProperties memberBreaker() {
		return Unwritten.or(this.memberBreaker, MemberBreakerProperties.class);
	}

	@Override
	public RetryProperties retry() {
		return Unwritten.or(this.retry, RetryProperties.class);
	}

	@Override
	public HedgingProperties hedging() {
		return Unwritten.or(this.hedging, HedgingProperties.class);
	}

	@Override
	public CircuitBreakerProperties circuitBreaker() {
		return Unwritten.or(this.circuitBreaker, CircuitBreakerProperties.class);
	}

	@Override
	public ConcurrencyLimitProperties concurrencyLimit() {
		return Unwritten.or(this.concurrencyLimit, ConcurrencyLimitProperties.class);
	}

	@Override
	public ThrottlingProperties throttling() {
		return Unwritten.or(this.throttling, ThrottlingProperties.class);
	}

	@Override
	public PoolProperties pool() {
		return Unwritten.or(this.pool, PoolProperties.class);
	}

	@Override
	public SslProperties ssl() {
		return Unwritten.or(this.ssl, SslProperties.class);
	}

	@Override
	public LimitsProperties limits() {
		return Unwritten.or(this.limits, LimitsProperties.class);
	}

	@Override
	public ChaosProperties chaos() {
		return Unwritten.or(this.chaos, ChaosProperties.class);
	}

	@Override
	public HttpProperties http() {
		return Unwritten.or(this.http, HttpProperties.class);
	}

	@Override
	public ThriftProperties thrift() {
		return Unwritten.or(this.thrift, ThriftProperties.class);
	}

	@Override
	public ThriftmuxProperties thriftmux() {
		return Unwritten.or(this.thriftmux, ThriftmuxProperties.class);
	}

	@Override
	public KafkaProperties kafka() {
		return Unwritten.or(this.kafka, KafkaProperties.class);
	}

	@Override
	public RedisProperties redis() {
		return Unwritten.or(this.redis, RedisProperties.class);
	}

	/**
	 * A section of which somebody has written something, at the client or among the
	 * defaults. What nobody wrote need not be made: what takes settings has the same
	 * defaults.
	 * @param type the section
	 * @param <T> the section
	 * @return the section; {@code null} if nobody wrote anything of it
	 */
	public <T> @Nullable T written(Class<T> type) {
		for (Object section : written()) {
			if (type.isInstance(section)) {
				return type.cast(section);
			}
		}
		return null;
	}

	/**
	 * All sections of which somebody has written something.
	 * @return them, in the order of their components
	 */
	public List<Object> written() {
		List<Object> all = new ArrayList<>();
		for (Object section : new @Nullable Object[] { this.accessLog, this.balancer, this.memberBreaker, this.retry,
				this.hedging, this.circuitBreaker, this.concurrencyLimit, this.throttling, this.chaos, this.pool,
				this.ssl, this.limits, this.http, this.thrift, this.thriftmux, this.kafka, this.redis }) {
			if (section != null) {
				all.add(section);
			}
		}
		return all;
	}

	/**
	 * The settings of the protocol itself, by the names it knows them by.
	 * @return those that are set; a setting with a property of its own comes before one
	 * of the same name among the options
	 */
	public Map<String, String> protocolOptions() {
		Map<String, String> all = new LinkedHashMap<>(this.options);
		if (this.http != null || this.thrift != null || this.thriftmux != null) {
			sections().forEach((section, options) -> options.forEach((name, value) -> put(all, name, value)));
		}
		put(all, "client-id", this.clientId);
		put(all, "encoding", this.encoding);
		put(all, "dst", this.dst);
		put(all, "ping-interval", this.pingInterval);
		put(all, "ping-timeout", this.pingTimeout);
		return all;
	}

	/**
	 * Where an option is written that stands among {@code options}.
	 * @param name its name
	 * @return the property below the client, such as {@code http.version}; {@code null}
	 * if it has no other place
	 */
	public @Nullable String placeOf(String name) {
		return sections().entrySet()
			.stream()
			.filter((section) -> section.getValue().containsKey(name))
			.map((section) -> section.getKey() + "." + name)
			.findFirst()
			.orElse(null);
	}

	/** Those of the protocol. */
	private Map<String, Map<String, @Nullable Object>> sections() {
		return switch (this.protocol) {
			case "http" -> Map.of("http", http().options());
			case "thrift" -> Map.of("thrift", thrift().options());
			case "thrift-http" -> Map.of("http", http().options(), "thrift", thrift().options());
			case "thriftmux" -> Map.of("thriftmux", thriftmux().options());
			default -> Map.of();
		};
	}

	private static void put(Map<String, String> options, String name, @Nullable Object value) {
		if (value != null) {
			options.put(name, value.toString());
		}
	}

}
