package io.scalesrpc.redis;

/**
 * An error that Redis answered a command with; the cause of the exception that a call
 * ends with. Has no stack trace: that of an event loop tells nobody anything.
 * <em>Immutable</em>.
 */
public final class RedisReplyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param error the text of Redis, beginning with the kind of error
	 */
	public RedisReplyException(String error) {
		super(error, null, false, false);
	}

	/**
	 * The kind of error.
	 * @return the first word of the text, for example {@code WRONGTYPE}
	 */
	public String code() {
		String text = String.valueOf(getMessage());
		int end = text.indexOf(' ');
		return (end < 0) ? text : text.substring(0, end);
	}

}
