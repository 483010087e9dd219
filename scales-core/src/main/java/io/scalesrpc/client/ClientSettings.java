package io.scalesrpc.client;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.pool.ConnectionSettings;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.transport.TlsSettings;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client in effect. <em>Immutable</em>.
 *
 * @param timeout how long a call may take in all
 * @param connectTimeout how long opening a connection may take
 * @param closeGrace how long calls in flight may take when the client is closed
 * @param connect when connections are opened
 * @param balancer how members are chosen
 * @param memberBreaker when a member that fails is left alone
 * @param throttling when attempts are withheld from servers that refuse most of them
 * @param concurrencyLimit how many calls may be in flight
 * @param retryBudget how many additional attempts all calls may make together
 * @param pool how many connections a member has where each takes one call at a time;
 * {@code null} where calls share them
 * @param connections how long connections are used, and how many calls share
 * @param limits what one connection may hold
 * @param tls how TLS is spoken with members; {@code null} where it is not
 * @param callbacks where futures complete
 * @param accessLog which calls have a line each in the log
 * @param methodTimeouts timeouts of single methods, by the name they were set for
 * @param options what stages read from the calls of all methods
 * @param methodOptions what single methods say otherwise, by the name it was set for
 * @param protocolOptions what the protocol was told; without defaults it does not know
 */
public record ClientSettings(Duration timeout, Duration connectTimeout, Duration closeGrace, ConnectMode connect,
		BalancerSettings balancer, MemberBreakerSettings memberBreaker, ThrottlingSettings throttling,
		ConcurrencyLimitSettings concurrencyLimit, RetryBudgetSettings retryBudget, @Nullable PoolSettings pool,
		ConnectionSettings connections, TransportLimits limits, @Nullable TlsSettings tls, Callbacks callbacks,
		AccessLogSettings accessLog, Map<String, Duration> methodTimeouts, CallOptions options,
		Map<String, CallOptions> methodOptions, Map<String, String> protocolOptions) {

	/** Copies the maps. */
	public ClientSettings {
		methodTimeouts = Map.copyOf(methodTimeouts);
		methodOptions = Map.copyOf(methodOptions);
		protocolOptions = Map.copyOf(protocolOptions);
	}

}
