package io.scalesrpc.client;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.balancer.BalancerSettings;

/**
 * The settings of a client in effect. <em>Immutable</em>.
 *
 * @param timeout how long a call may take in all
 * @param connectTimeout how long opening a connection may take
 * @param closeGrace how long calls in flight may take when the client is closed
 * @param balancer how members are chosen
 * @param callbacks where futures complete
 * @param methodTimeouts timeouts of single methods, by the name they were set for
 */
public record ClientSettings(Duration timeout, Duration connectTimeout, Duration closeGrace, BalancerSettings balancer,
		Callbacks callbacks, Map<String, Duration> methodTimeouts) {

	/** Copies the map. */
	public ClientSettings {
		methodTimeouts = Map.copyOf(methodTimeouts);
	}

}
