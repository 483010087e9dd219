package io.scalesrpc.spring.settings;

import java.util.Map;

import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything below {@code scales} in the configuration. A key nobody knows stops the
 * start. <em>Immutable</em>.
 *
 * @param chaosAllowed Whether chaos settings may make calls fail on purpose; without it
 * they stop the start.
 * @param meshRetries Whether a service mesh on the way to the servers retries, too; then
 * clients that retry are warned of at the start.
 * @param phase Phase of the application's life cycle in which clients close; requests and
 * tasks that end later cannot call. Without it they close after every bean that may call.
 * @param transport What moves the bytes of all connections, those of the application's
 * own server, too; auto takes epoll on Linux, kqueue on macOS if its native library is
 * there, and otherwise nio.
 * @param inbound What the headers of requests to this application say to calls made for
 * them.
 * @param contextPropagation Whether code that runs when a call has ended, or is sent
 * again, finds the MDC of the caller's thread, its current observation, and what else
 * Micrometer's context propagation knows.
 * @param observation How calls are observed, for traces.
 * @param health What the health of clients goes by.
 * @param server Settings of the server of this application's own services, the beans with
 * {@code @ScalesService}.
 * @param discovery Settings of discovery://, for all clients.
 * @param defaults Settings of every client that does not say otherwise.
 * @param clients Clients by name, the name that interfaces carry in their annotation.
 */
@ConfigurationProperties(prefix = "scales", ignoreUnknownFields = false)
public record ScalesProperties(@DefaultValue("false") boolean chaosAllowed, @DefaultValue("false") boolean meshRetries,
		@Nullable Integer phase, @DefaultValue("auto") Transport transport,
		@NestedConfigurationProperty @DefaultValue InboundProperties inbound,
		@DefaultValue("true") boolean contextPropagation,
		@NestedConfigurationProperty @DefaultValue ObservationProperties observation,
		@NestedConfigurationProperty @DefaultValue HealthProperties health,
		@NestedConfigurationProperty @Nullable ServerProperties server,
		@NestedConfigurationProperty @Nullable DiscoveryProperties discovery,
		@NestedConfigurationProperty @Nullable ClientDefaults defaults,
		@DefaultValue Map<String, ClientProperties> clients) {

	/** Copies the map. */
	public ScalesProperties {
		clients = Map.copyOf(clients);
	}

	@Override
	public ServerProperties server() {
		return Unwritten.or(this.server, ServerProperties.class);
	}

	@Override
	public DiscoveryProperties discovery() {
		return Unwritten.or(this.discovery, DiscoveryProperties.class);
	}

	/**
	 * Whether somebody has written anything that all clients have.
	 * @return whether there is any of {@code scales.defaults}
	 */
	public boolean hasDefaults() {
		return this.defaults != null;
	}

	@Override
	public ClientDefaults defaults() {
		return Unwritten.or(this.defaults, ClientDefaults.class);
	}

}
