package io.scalesrpc.redis;

import io.scalesrpc.log.PeerText;

/**
 * An error that Redis answered a command with. What was wrong with the command itself is
 * thrown as this; of an error of the server's state it is the cause. The text names
 * client, method and server. Has no stack trace, unless it is thrown to a caller who
 * waits: that of an event loop tells nobody anything. <em>Immutable</em>.
 */
public final class RedisReplyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** What Redis said. */
	private final String error;

	/**
	 * Creates the exception.
	 * @param error the text of Redis, beginning with the kind of error
	 */
	public RedisReplyException(String error) {
		this(error, "");
	}

	/**
	 * Creates the exception.
	 * @param error the text of Redis, beginning with the kind of error
	 * @param where what comes before it in the text of the exception
	 */
	public RedisReplyException(String error, String where) {
		super(where + PeerText.printable(error) + remedy(error), null, false, false);
		this.error = error;
	}

	/**
	 * Copies an exception for a caller who waits: with the stack of this thread.
	 * @param other the exception of an event loop
	 */
	public RedisReplyException(RedisReplyException other) {
		super(other.getMessage(), null, false, true);
		this.error = other.error;
	}

	private static String remedy(String error) {
		return error.startsWith("NOPERM") ? " (expected: a user whose access control list permits it)" : "";
	}

	/**
	 * What Redis said.
	 * @return the text as it came
	 */
	public String error() {
		return this.error;
	}

	/**
	 * The kind of error.
	 * @return the first word of what Redis said, for example {@code WRONGTYPE}
	 */
	public String code() {
		int end = this.error.indexOf(' ');
		return (end < 0) ? this.error : this.error.substring(0, end);
	}

}
