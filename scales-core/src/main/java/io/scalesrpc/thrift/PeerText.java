package io.scalesrpc.thrift;

import java.util.regex.Pattern;

/**
 * Text that came from the peer, made fit for an error message or a log line.
 * <p>
 * <em>Thread-safe</em>.
 */
final class PeerText {

	private static final int MAX_LENGTH = 256;

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

	private PeerText() {
	}

	/**
	 * At most {@value #MAX_LENGTH} characters; those that steer a terminal, a line or the
	 * direction of writing are replaced.
	 */
	static String printable(String text) {
		String head = (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH) + "...";
		return UNPRINTABLE.matcher(head).replaceAll("?");
	}

}
