package io.scalesrpc.discovery.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.netty.resolver.HostsFileEntriesProvider;

/**
 * The names for which no name server is asked: those of the hosts file, and
 * {@code localhost} (RFC 6761). The file is read each time, as a program that looks names
 * up through the system would see it. Stateless.
 */
final class HostsFile {

	private HostsFile() {
	}

	/**
	 * The addresses of a name.
	 * @param name a host name
	 * @return its addresses as text; empty if name servers have to be asked
	 */
	static List<String> addressesOf(String name) {
		HostsFileEntriesProvider entries = HostsFileEntriesProvider.parser().parseSilently();
		String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		String key = bare.toLowerCase(Locale.ROOT);
		List<InetAddress> found = new ArrayList<>(entries.ipv4Entries().getOrDefault(key, List.of()));
		found.addAll(entries.ipv6Entries().getOrDefault(key, List.of()));
		if (found.isEmpty() && (key.equals("localhost") || key.endsWith(".localhost"))) {
			return List.of("127.0.0.1");
		}
		return found.stream().map(InetAddress::getHostAddress).toList();
	}

}
