package io.scalesrpc.thrift;

import io.scalesrpc.log.PeerText;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TTransportException;
import org.jspecify.annotations.Nullable;

/**
 * A Thrift message that cannot be used: one that was received and is not what it must be,
 * or one that could not be written. It says nothing about the called method; an answer of
 * the server that is merely unwelcome is a {@link ThriftReply}.
 * <p>
 * <em>Immutable</em>.
 */
public final class ThriftMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** What is wrong with the message. */
	private final Fault fault;

	/** Whether the end of the message is known all the same. */
	private final boolean expected;

	public ThriftMessageException(Fault fault, String message) {
		super(message);
		this.fault = fault;
		this.expected = false;
	}

	private ThriftMessageException(Fault fault, String message, Throwable cause) {
		this(fault, message, cause, false);
	}

	private ThriftMessageException(Fault fault, @Nullable String message, Throwable cause, boolean expected) {
		super(message, cause);
		this.fault = fault;
		this.expected = expected;
	}

	/**
	 * What is wrong with the message.
	 * @return the fault, never {@code null}
	 */
	public Fault fault() {
		return this.fault;
	}

	/**
	 * Whether the message is the reply to the call it was read for, by its method and
	 * sequence id, and it is only what it says that cannot be read. Then the bytes of the
	 * connection can still be trusted, if it is known where the message ends.
	 * @return {@code false} if it may belong to another call, or goes on after its end
	 */
	public boolean isExpectedReply() {
		return this.expected;
	}

	/** The same of what follows the header of the right reply. */
	static ThriftMessageException unreadableBody(String what, Exception cause) {
		ThriftMessageException known = unreadable(what, cause);
		boolean trailing = known.fault == Fault.TRAILING_BYTES;
		return trailing ? known : new ThriftMessageException(known.fault, known.getMessage(), cause, true);
	}

	/** What libthrift, or the generated code under it, threw while it read. */
	public static ThriftMessageException unreadable(String what, Exception cause) {
		if (cause instanceof ThriftMessageException known) {
			return known;
		}
		Fault fault = (isLimit(cause)) ? Fault.LIMIT : Fault.MALFORMED;
		return new ThriftMessageException(fault, what + ": " + describe(cause), cause);
	}

	static ThriftMessageException unwritable(String what, Exception cause) {
		if (cause instanceof ThriftMessageException known) {
			return known;
		}
		Fault fault = (isLimit(cause)) ? Fault.LIMIT : Fault.UNWRITABLE;
		return new ThriftMessageException(fault, what + ": " + describe(cause), cause);
	}

	static ThriftMessageException bottomless(String what, StackOverflowError cause) {
		return new ThriftMessageException(Fault.LIMIT,
				what + ": structs nested without end (expected: no struct within itself)", cause);
	}

	private static boolean isLimit(Exception cause) {
		if (cause instanceof TProtocolException protocol) {
			return protocol.getType() == TProtocolException.SIZE_LIMIT
					|| protocol.getType() == TProtocolException.DEPTH_LIMIT;
		}
		return cause instanceof TTransportException transport
				&& transport.getType() == TTransportException.MESSAGE_SIZE_LIMIT;
	}

	private static String describe(Exception cause) {
		String message = cause.getMessage();
		return (message != null) ? PeerText.printable(message) : cause.getClass().getSimpleName();
	}

	/** What is wrong with the message. */
	public enum Fault {

		/** No byte where a message is due. */
		EMPTY,

		/**
		 * Not a Thrift message in this encoding; the old, unversioned binary form counts
		 * as one.
		 */
		MALFORMED,

		/** Larger or deeper than the limits, or it declares more than it holds. */
		LIMIT,

		/**
		 * A message of a type that does not belong here, such as a call where a reply is
		 * due.
		 */
		WRONG_TYPE,

		/**
		 * A reply to another method: the bytes of this connection can no longer be
		 * trusted.
		 */
		WRONG_METHOD,

		/**
		 * A reply to another call: the bytes of this connection can no longer be trusted.
		 */
		WRONG_SEQUENCE,

		/** Bytes after the end of the message. */
		TRAILING_BYTES,

		/**
		 * Values that do not fit the method, or a struct without a required field;
		 * nothing was sent.
		 */
		UNWRITABLE

	}

}
