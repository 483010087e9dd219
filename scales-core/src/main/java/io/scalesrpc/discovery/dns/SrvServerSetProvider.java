package io.scalesrpc.discovery.dns;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes sets of the servers of a service (RFC 2782): {@code srv://_service._proto.name},
 * or {@code srv://server:port/_service._proto.name} to ask a certain DNS server. Only the
 * records of the lowest priority count; weights are relative to their mean.
 * <em>Thread-safe</em>.
 */
public final class SrvServerSetProvider implements ServerSetProvider {

	private final DnsSystem system = DnsSystem.INSTANCE;

	@Override
	public String scheme() {
		return "srv";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		return this.system.set(uri, DnsTarget.ofService(uri), ServiceLookup::new);
	}

}
