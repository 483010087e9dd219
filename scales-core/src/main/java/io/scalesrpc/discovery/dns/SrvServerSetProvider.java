package io.scalesrpc.discovery.dns;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes sets of the servers of a service (RFC 2782): {@code srv://_service._proto.name},
 * or {@code srv://server:port/_service._proto.name} to ask a certain DNS server. Servers
 * of the lowest priority are called, those of the next when too few of them can be;
 * weights are relative to the mean of their priority. <em>Thread-safe</em>.
 */
public final class SrvServerSetProvider implements ServerSetProvider {

	private final DnsSystem system = DnsSystem.INSTANCE;

	/** Made by the {@link java.util.ServiceLoader}. */
	public SrvServerSetProvider() {
	}

	@Override
	public String scheme() {
		return "srv";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		return this.system.set(uri, DnsTarget.ofService(uri), ServiceLookup::new);
	}

}
