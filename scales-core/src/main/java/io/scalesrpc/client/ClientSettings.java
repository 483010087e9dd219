package io.scalesrpc.client;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.pool.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client in effect. <em>Immutable</em>.
 *
 * @param timeout how long a call may take in all
 * @param connectTimeout how long opening a connection may take
 * @param closeGrace how long calls in flight may take when the client is closed
 * @param balancer how members are chosen
 * @param pool how many connections a member has; {@code null} where it has one
 * @param callbacks where futures complete
 * @param methodTimeouts timeouts of single methods, by the name they were set for
 * @param options what stages read from the calls of all methods
 * @param methodOptions what single methods say otherwise, by the name it was set for
 * @param protocolOptions what the protocol was told; without defaults it does not know
 */
public record ClientSettings(Duration timeout, Duration connectTimeout, Duration closeGrace, BalancerSettings balancer,
		@Nullable PoolSettings pool, Callbacks callbacks, Map<String, Duration> methodTimeouts, CallOptions options,
		Map<String, CallOptions> methodOptions, Map<String, String> protocolOptions) {

	/** Copies the maps. */
	public ClientSettings {
		methodTimeouts = Map.copyOf(methodTimeouts);
		methodOptions = Map.copyOf(methodOptions);
		protocolOptions = Map.copyOf(protocolOptions);
	}

}
