package io.scalesrpc.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The name of a server set: {@code scheme://authority/path#fragment}. Unlike
 * {@link java.net.URI} its authority may list several hosts:
 * {@code tcp://h1:9090,[::1]:9090}, {@code zk://zk1:2181,zk2:2181/services/x#thrift}.
 * <em>Immutable</em>.
 *
 * @param scheme the kind of source, in lower case
 * @param authority the part up to the next slash, never empty
 * @param path the rest from the slash on, or an empty text
 * @param fragment the part after {@code #}, or an empty text
 */
public record ServerSetUri(String scheme, String authority, String path, String fragment) {

	/** Between the URIs of a set and of those that stand in for it. */
	private static final String SEPARATOR = "||";

	/** What ends before its host, by a slash in a password. */
	private static final Pattern CUT = Pattern.compile(".*:[^\\]0-9][^\\]]*");

	private static final String EXPECTED = "scheme://host:port[,host:port]...[/path][#name], for example tcp://localhost:9090";

	/**
	 * Takes a URI apart.
	 * @param text the URI
	 * @return its parts
	 * @throws IllegalArgumentException if it has no scheme or no authority
	 */
	public static ServerSetUri parse(String text) {
		int colon = text.indexOf("://");
		if (colon <= 0) {
			throw bad(text, EXPECTED);
		}
		String rest = text.substring(colon + 3).trim();
		int hash = rest.indexOf('#');
		String fragment = (hash >= 0) ? rest.substring(hash + 1) : "";
		rest = (hash >= 0) ? rest.substring(0, hash) : rest;
		int slash = rest.indexOf('/');
		String authority = (slash >= 0) ? rest.substring(0, slash) : rest;
		if (authority.isBlank()) {
			throw bad(text, EXPECTED);
		}
		String scheme = text.substring(0, colon).trim().toLowerCase(Locale.ROOT);
		return new ServerSetUri(scheme, authority, (slash >= 0) ? rest.substring(slash) : "", fragment);
	}

	/**
	 * Reads the authority as a list of members; every one needs its port, an IPv6 address
	 * its brackets.
	 * @return the members in their order, without duplicates
	 * @throws IllegalArgumentException if one is not right; the text names it
	 */
	public List<Member> members() {
		return members(0);
	}

	/**
	 * Reads the authority as a list of members, of which those without a port have that
	 * of the scheme.
	 * @param defaultPort from 1 to 65535; 0 if every member needs its own
	 * @return the members in their order, without duplicates
	 * @throws IllegalArgumentException if one is not right; the text names it
	 */
	public List<Member> members(int defaultPort) {
		List<Member> members = new ArrayList<>();
		for (String part : this.authority.split(",", -1)) {
			String given = part.trim();
			Member member = member((defaultPort > 0 && hasNoPort(given)) ? given + ":" + defaultPort : given);
			if (!members.contains(member)) {
				members.add(member);
			}
		}
		return List.copyOf(members);
	}

	private static boolean hasNoPort(String part) {
		return !part.isEmpty() && (part.endsWith("]") || part.indexOf(':') < 0);
	}

	private Member member(String part) {
		if (part.indexOf('@') >= 0) {
			throw bad(part, "host:port; no user and no password, which would be seen wherever the URI is;"
					+ " settings of the protocol have a place for them, such as redis.password or kafka.sasl.password");
		}
		int colon = part.lastIndexOf(':');
		boolean bracketed = part.startsWith("[") && colon > 0 && part.charAt(colon - 1) == ']';
		if (colon <= 0 || (!bracketed && part.indexOf(':') != colon)) {
			throw bad(part, "host:port, or [address]:port for IPv6");
		}
		String host = bracketed ? withZone(part.substring(1, colon - 1)) : part.substring(0, colon);
		try {
			return Member.of(host, Integer.parseInt(part.substring(colon + 1)));
		}
		catch (NumberFormatException ex) {
			// It may be half of a password with a slash.
			throw bad((this.path.indexOf('@') >= 0) ? "...@..." : part, "host:port with a port from 1 to 65535");
		}
		catch (IllegalArgumentException ex) {
			throw bad(part, "host:port; " + ex.getMessage());
		}
	}

	/** In a URI the percent sign before a zone is written as %25 (RFC 6874, 2). */
	private static String withZone(String address) {
		int zone = address.indexOf("%25");
		return (zone >= 0 && zone + 3 < address.length()) ? address.substring(0, zone + 1) + address.substring(zone + 3)
				: address;
	}

	private static IllegalArgumentException bad(String value, String expected) {
		return new IllegalArgumentException("uri: " + withoutUser(value) + " (expected: " + expected + ")");
	}

	/**
	 * Takes apart a text of several URIs.
	 * @param text URIs with {@code ||} between them, in the order in which they are to be
	 * used
	 * @return one text or more
	 */
	public static List<String> groups(String text) {
		List<String> groups = new ArrayList<>();
		int start = 0;
		for (int end = text.indexOf(SEPARATOR); end >= 0; end = text.indexOf(SEPARATOR, start)) {
			groups.add(text.substring(start, end).trim());
			start = end + SEPARATOR.length();
		}
		groups.add(text.substring(start).trim());
		return List.copyOf(groups);
	}

	/**
	 * A URI, or a part of one, as it may be shown: without a user and a password.
	 * @param text the URI
	 * @return the same with dots in their place
	 */
	public static String withoutUser(String text) {
		StringJoiner all = new StringJoiner(" || ");
		for (String group : groups(text)) {
			all.add(oneWithoutUser(group));
		}
		return all.toString();
	}

	private static String oneWithoutUser(String text) {
		int start = text.indexOf("://");
		start = (start >= 0) ? start + 3 : 0;
		int slash = text.indexOf('/', start);
		String authority = text.substring(start, (slash >= 0) ? slash : text.length());
		boolean cut = !authority.isEmpty() && CUT.matcher(authority).matches();
		int at = (authority.indexOf('@') >= 0 || cut) ? text.lastIndexOf('@') : -1;
		return (at > start) ? text.substring(0, start) + "...@" + text.substring(at + 1) : text;
	}

	/** Without a user and a password. */
	@Override
	public String toString() {
		return withoutUser(text());
	}

	private String text() {
		return this.scheme + "://" + this.authority + this.path + (this.fragment.isEmpty() ? "" : "#" + this.fragment);
	}

}
