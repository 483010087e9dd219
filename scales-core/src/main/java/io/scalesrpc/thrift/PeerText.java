package io.scalesrpc.thrift;

/**
 * Text that came from the peer, made fit for an error message or a log line.
 * <p>
 * <em>Thread-safe</em>.
 */
final class PeerText {

	private static final int MAX_LENGTH = 256;

	private PeerText() {
	}

	/** At most {@value #MAX_LENGTH} characters, control characters replaced. */
	static String printable(String text) {
		String head = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
		return head.replaceAll("\\p{Cntrl}", "?");
	}

}
