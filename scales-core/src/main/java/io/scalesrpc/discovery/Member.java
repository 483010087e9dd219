package io.scalesrpc.discovery;

import java.util.Map;

/**
 * One server of a service. Two members with the same host and port are the same server.
 * <em>Immutable</em>.
 *
 * @param host a host name or an address; an IPv6 address stands without brackets
 * @param port from 1 to 65535
 * @param weight its share of the traffic compared with others, above 0; 1 is normal
 * @param metadata what the source tells about it; never secrets
 */
public record Member(String host, int port, double weight, Map<String, String> metadata) {

	/** Key of the metadata: the name that led to the address that {@link #host} is. */
	public static final String DNS_NAME = "dns.name";

	/**
	 * Key of the metadata: the port on which the server speaks TLS, where that is not
	 * {@link #port}.
	 */
	public static final String SSL_PORT = "ssl.port";

	/** Key of the metadata: where it stands, such as an availability zone. */
	public static final String ZONE = "zone";

	/** Key of the metadata: when to call it; those of the lowest number come first. */
	public static final String PRIORITY = "priority";

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public Member {
		require(!host.isBlank(), "host", host, "a name or an address");
		require(port >= 1 && port <= 65535, "port", port, "1..65535");
		require(weight > 0 && weight < Double.POSITIVE_INFINITY, "weight", weight, "> 0");
		metadata = Map.copyOf(metadata);
	}

	/**
	 * A member of normal weight of which nothing more is known.
	 * @param host a host name or an address
	 * @param port from 1 to 65535
	 * @return the member
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public static Member of(String host, int port) {
		return new Member(host, port, 1.0, Map.of());
	}

	/**
	 * The host and port, as written in a URI.
	 * @return for example {@code 10.0.0.7:9090} or {@code [::1]:9090}
	 */
	public String address() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

	/**
	 * The name the server is known by, and may have a certificate for.
	 * @return the name that led to its address, or else the host; without the dot at the
	 * end that keeps a name from being searched for, which no certificate has
	 */
	public String hostName() {
		String name = this.metadata.getOrDefault(DNS_NAME, this.host);
		return (name.length() > 1 && name.endsWith(".")) ? name.substring(0, name.length() - 1) : name;
	}

	/**
	 * Where it stands, such as an availability zone.
	 * @return the name; empty if none is known
	 */
	public String zone() {
		return this.metadata.getOrDefault(ZONE, "");
	}

	/**
	 * When to call it: only when too few with a lower number can be called. Means nothing
	 * unless its set {@linkplain ServerSet#hasPriorities() has priorities}.
	 * @return a number; 0 if none is known
	 */
	public int priority() {
		String priority = this.metadata.get(PRIORITY);
		try {
			return (priority != null) ? Integer.parseInt(priority) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	@Override
	public String toString() {
		return address();
	}

	private static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
