package io.scalesrpc.http.message;

import java.util.Set;
import java.util.TreeSet;

import io.scalesrpc.http.HttpFields;

/**
 * What may stand in a request: a caller who can put a line break into a header or a path
 * sends requests of his own (RFC 9112, 11.1). Texts of errors never repeat what was
 * given: it may be a secret, and its control characters must not reach a log.
 * <em>Stateless</em>.
 */
final class RequestRules {

	/** These say where a message ends, or what becomes of the connection. */
	private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		OWN.addAll(Set.of("Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "TE",
				"Trailer", "Upgrade", "Expect", "HTTP2-Settings"));
	}

	private RequestRules() {
	}

	/** Refuses what is no method, and the one that makes a tunnel. */
	static void requireMethod(String method) {
		if (method.isEmpty() || method.equals("CONNECT")) {
			throw new IllegalArgumentException("method: '" + method + "' (expected: a method such as GET)");
		}
		for (int i = 0; i < method.length(); i++) {
			require(isToken(method.charAt(i)), "method", method, i, "letters");
		}
	}

	/** Refuses a path that would end the line or begin another request. */
	static void requirePath(String path) {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(
					"path: begins with something else (expected: a path that begins with /)");
		}
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			require(c > ' ' && c < 0x7f && c != '#', "path", path, i,
					"visible ASCII but no #; percent-encode the rest");
		}
	}

	/** Refuses what is no name of a header, and headers that are the connection's own. */
	static void requireHeader(String name, String value) {
		requireName(name);
		requireValue(name, value);
	}

	/** Whether the caller names the host; refuses two of them (RFC 9112, 3.2). */
	static boolean hasHost(HttpFields headers) {
		int hosts = 0;
		for (int i = 0; i < headers.size(); i++) {
			hosts += headers.name(i).equalsIgnoreCase("host") ? 1 : 0;
		}
		if (hosts > 1) {
			throw new IllegalArgumentException("header Host: " + hosts + " of them (expected: one at most)");
		}
		return hosts == 1;
	}

	static void requireName(String name) {
		if (name.isEmpty()) {
			throw new IllegalArgumentException("header: '' (expected: a name)");
		}
		for (int i = 0; i < name.length(); i++) {
			require(isToken(name.charAt(i)), "name of a header", name, i, "letters, digits and hyphens");
		}
		if (OWN.contains(name)) {
			throw new IllegalArgumentException(
					"header " + name + ": set by the connection (expected: none from the caller)");
		}
	}

	static void requireValue(String name, String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean fits = (c >= ' ' && c != 0x7f && c <= 0xff && (c < 0x80 || c >= 0xa0)) || c == '\t';
			require(fits, "header " + name, value, i, "characters up to U+00FF but no control characters");
		}
	}

	private static void require(boolean fits, String what, String text, int index, String expected) {
		if (!fits) {
			throw new IllegalArgumentException(what + ": character U+" + "%04X".formatted((int) text.charAt(index))
					+ " at " + index + " (expected: " + expected + ")");
		}
	}

	/** A character of a token (RFC 9110, 5.6.2). */
	private static boolean isToken(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| (c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
	}

}
