package io.scalesrpc.client;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.call.Checks;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetProviders;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.WebScheme;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say where members come from. <em>Confined to the thread that
 * builds.</em>
 */
final class MemberSource {

	private final List<ServerSetProvider> providers = new ArrayList<>();

	private @Nullable String uri;

	private @Nullable ServerSet serverSet;

	void uri(String newUri) {
		ServerSetUri.parse(newUri);
		this.uri = newUri;
	}

	void serverSet(ServerSet newServerSet) {
		this.serverSet = newServerSet;
	}

	void provider(ServerSetProvider provider) {
		this.providers.add(provider);
	}

	/**
	 * How TLS is spoken with the members, which their URI may say.
	 * @return null for not at all
	 * @throws IllegalArgumentException if the URI says something else
	 */
	@Nullable TlsSettings tls(@Nullable TlsSettings given, Protocol spoken) {
		WebScheme web = (this.uri != null) ? WebScheme.of(this.uri) : null;
		if (web == null) {
			return given;
		}
		Checks.require(spoken.isHttp(), "uri", String.valueOf(this.uri),
				"another scheme, such as tcp://, with protocol " + spoken.name() + "; it does not travel by HTTP");
		// Never in plain text because of two letters.
		Checks.require(web == WebScheme.HTTPS || given == null, "uri", String.valueOf(this.uri),
				"https://, or neither TLS settings nor ssl.bundle");
		return (web == WebScheme.HTTPS && given == null) ? TlsSettings.DEFAULT : given;
	}

	/** Where members come from, in words. */
	String text() {
		return (this.uri != null) ? this.uri : String.valueOf(this.serverSet);
	}

	/** The members, and the peers if the balancer has a use for them. */
	Sources resolve(BalancerSettings balancer) {
		ServerSet members = resolve();
		Peers peers = balancer.peers();
		if (peers == null || balancer.type() != BalancerType.DETERMINISTIC_APERTURE) {
			return new Sources(members, null);
		}
		try {
			return new Sources(members, new Sources.PeerSet(create(peers.uri()), peers.self()));
		}
		catch (IllegalArgumentException ex) {
			members.close();
			throw Peers.about(ex);
		}
	}

	private ServerSet resolve() {
		Checks.require(this.uri == null || this.serverSet == null, "uri", String.valueOf(this.uri),
				"none beside a serverSet");
		if (this.serverSet != null) {
			return this.serverSet;
		}
		if (this.uri == null) {
			throw new IllegalArgumentException(
					"uri: none (expected: where the members are, for example tcp://localhost:9090)");
		}
		return create(ServerSetUri.parse(this.uri));
	}

	private ServerSet create(ServerSetUri parsed) {
		return ServerSetProviders.find(this.providers, parsed).create(parsed);
	}

}
