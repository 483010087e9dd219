package io.scalesrpc.log;

import java.util.regex.Pattern;

import io.scalesrpc.Internal;

/**
 * Text that came from the peer, made fit for an error message or a log line: nobody on
 * the network may write lines into our log. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class PeerText {

	private static final int MAX_LENGTH = 1024;

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

	private PeerText() {
	}

	/**
	 * Makes a text printable.
	 * @param text what the peer said
	 * @return at most {@value #MAX_LENGTH} of its characters; those that steer a
	 * terminal, a line or the direction of writing are replaced
	 */
	public static String printable(String text) {
		String head = (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH) + "...";
		return UNPRINTABLE.matcher(head).replaceAll("?");
	}

}
