package io.scalesrpc.discovery.dns;

import java.util.List;
import java.util.function.Function;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes sets of the addresses behind a name: {@code dns://name:port}, or
 * {@code dns://server:port/name:port} to ask a certain DNS server. Every A and AAAA
 * record is a member with that port. Names of the hosts file and plain addresses are
 * asked of nobody. <em>Thread-safe</em>.
 */
public final class DnsServerSetProvider implements ServerSetProvider {

	private final DnsSystem system = DnsSystem.INSTANCE;

	/** Made by the {@link java.util.ServiceLoader}. */
	public DnsServerSetProvider() {
	}

	@Override
	public String scheme() {
		return "dns";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		DnsTarget target = DnsTarget.ofName(uri);
		boolean bySystem = target.servers().isEmpty();
		Function<String, List<String>> hostsFile = bySystem ? HostsFile::addressesOf : (name) -> List.of();
		return this.system.set(uri, target, (names, resolver) -> new AddressLookup(target, names, hostsFile, resolver));
	}

}
