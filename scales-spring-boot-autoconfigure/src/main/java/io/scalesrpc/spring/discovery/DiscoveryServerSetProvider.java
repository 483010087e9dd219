package io.scalesrpc.spring.discovery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.discovery.event.ParentHeartbeatEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Makes server sets of the application's {@link DiscoveryClient}:
 * {@code discovery://service-id}, or {@code discovery://service-id#key} where the port is
 * the entry {@code key} of the metadata. Passes on to them that the registry has news:
 * what ZooKeeper, Consul, Eureka and Kubernetes publish as heartbeats.
 * <em>Thread-safe</em>.
 */
final class DiscoveryServerSetProvider implements ServerSetProvider, SmartApplicationListener {

	private final Set<DiscoveryServerSet> open = ConcurrentHashMap.newKeySet();

	private final Supplier<DiscoveryClient> registry;

	private final DiscoveryPoll discoveryPoll;

	/**
	 * Creates the provider.
	 * @param registry asked for when the first URI needs it, so that an application which
	 * has none does not wait for its registry
	 * @param discoveryPoll when and on which threads the registry is asked
	 */
	DiscoveryServerSetProvider(Supplier<DiscoveryClient> registry, DiscoveryPoll discoveryPoll) {
		this.registry = registry;
		this.discoveryPoll = discoveryPoll;
	}

	@Override
	public String scheme() {
		return "discovery";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		if (!uri.path().isEmpty() && !uri.path().equals("/")) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: discovery://service-id[#key], no path)");
		}
		DiscoveryServerSet set = new DiscoveryServerSet(uri, this.registry.get(), this.discoveryPoll,
				this.open::remove);
		this.open.add(set);
		return set;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return HeartbeatEvent.class.isAssignableFrom(type) || ParentHeartbeatEvent.class.isAssignableFrom(type)
				|| InstanceRegisteredEvent.class.isAssignableFrom(type);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		this.open.forEach(DiscoveryServerSet::refresh);
	}

}
