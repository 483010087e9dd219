package io.scalesrpc.discovery.dns;

import java.net.IDN;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

import io.netty.util.NetUtil;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * What a URI says: which name to look up, and whom to ask. As in gRPC's naming
 * ({@code doc/naming.md}) the name stands after the authority when the authority names
 * the DNS servers: {@code dns://10.0.0.2:53/orders:9090}. <em>Immutable</em>.
 *
 * @param servers the DNS servers to ask; empty for those of the system
 * @param name a host name, an address or the name of a service
 * @param port the port of every member; 0 where records tell it
 */
record DnsTarget(List<InetSocketAddress> servers, String name, int port) {

	private static final int DNS_PORT = 53;

	private static final int LONGEST_NAME = 253;

	/**
	 * Reads {@code dns://name:port} or {@code dns://server:port/name:port}.
	 * @throws IllegalArgumentException if the URI is not right
	 */
	static DnsTarget ofName(ServerSetUri uri) {
		String expected = "dns://name:port or dns://address-of-dns-server:port/name:port";
		List<Member> named = new ServerSetUri(uri.scheme(), lookedUp(uri, expected), "", "").members();
		if (named.size() != 1) {
			throw bad(uri, expected);
		}
		Member member = named.get(0);
		boolean address = NetUtil.isValidIpV6Address(member.host());
		return new DnsTarget(servers(uri, expected), address ? member.host() : checked(uri, member.host()),
				member.port());
	}

	/**
	 * Reads {@code srv://service} or {@code srv://server:port/service}.
	 * @throws IllegalArgumentException if the URI is not right
	 */
	static DnsTarget ofService(ServerSetUri uri) {
		String expected = "srv://_service._proto.name or srv://address-of-dns-server:port/_service._proto.name,"
				+ " the port is in the records";
		String name = lookedUp(uri, expected);
		if (name.indexOf(':') >= 0 || name.indexOf(',') >= 0) {
			throw bad(uri, expected);
		}
		return new DnsTarget(servers(uri, expected), checked(uri, name), 0);
	}

	private static boolean hasServers(ServerSetUri uri) {
		return uri.path().length() > 1;
	}

	private static String lookedUp(ServerSetUri uri, String expected) {
		String text = hasServers(uri) ? uri.path().substring(1) : uri.authority();
		if (text.indexOf('/') >= 0 || !uri.fragment().isEmpty()) {
			throw bad(uri, expected);
		}
		return text;
	}

	private static List<InetSocketAddress> servers(ServerSetUri uri, String expected) {
		if (!hasServers(uri)) {
			return List.of();
		}
		String withPort = (uri.authority().matches("[0-9.]+|\\[[^\\]]*\\]")) ? uri.authority() + ":" + DNS_PORT
				: uri.authority();
		return new ServerSetUri(uri.scheme(), withPort, "", "").members()
			.stream()
			.map((server) -> server(uri, server, expected))
			.toList();
	}

	private static InetSocketAddress server(ServerSetUri uri, Member server, String expected) {
		if (NetUtil.createByteArrayFromIpAddressString(server.host()) == null) {
			throw bad(uri, expected);
		}
		// An address: nothing is looked up here.
		return new InetSocketAddress(server.host(), server.port());
	}

	private static String checked(ServerSetUri uri, String name) {
		try {
			String ascii = IDN.toASCII(name.trim()).toLowerCase(Locale.ROOT);
			String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
			if (!bare.isEmpty() && bare.length() <= LONGEST_NAME && !bare.startsWith(".") && !bare.contains("..")) {
				return ascii;
			}
		}
		catch (IllegalArgumentException ex) {
			throw bad(uri, "a name of labels of 1..63 characters, 253 in all; " + ex.getMessage());
		}
		throw bad(uri, "a name of labels of 1..63 characters, 253 in all");
	}

	private static IllegalArgumentException bad(ServerSetUri uri, String expected) {
		return new IllegalArgumentException("uri: " + uri + " (expected: " + expected + ")");
	}

}
