package io.scalesrpc.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes sets of the addresses behind a name: {@code dns://name:port}. Asks the resolver
 * of the Java runtime, which caches an answer for {@code networkaddress.cache.ttl}
 * seconds and does not tell the TTL of a record: that is not honoured, a name is asked
 * for again every 30 seconds. <em>Thread-safe</em>.
 */
public final class DnsServerSetProvider implements ServerSetProvider {

	private final LookupThreads threads = new LookupThreads("scales-dns");

	@Override
	public String scheme() {
		return "dns";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		boolean bare = (uri.path().isEmpty() || uri.path().equals("/")) && uri.fragment().isEmpty();
		if (!bare || uri.members().size() != 1) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: one dns://name:port, no path and no #)");
		}
		return new DnsServerSet(uri, DnsServerSetProvider::ask, this.threads, this.threads);
	}

	private static List<String> ask(String name) throws IOException {
		return Stream.of(InetAddress.getAllByName(name)).map(InetAddress::getHostAddress).toList();
	}

}
