package io.scalesrpc.thrift;

import io.scalesrpc.call.PeerText;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TTransportException;

/**
 * A Thrift message that cannot be used: one that was received and is not what it must be,
 * or one that could not be written. It says nothing about the called method; an answer of
 * the server that is merely unwelcome is a {@link ThriftReply}.
 * <p>
 * <em>Immutable</em>.
 */
public final class ThriftMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Fault fault;

	ThriftMessageException(Fault fault, String message) {
		super(message);
		this.fault = fault;
	}

	private ThriftMessageException(Fault fault, String message, Throwable cause) {
		super(message, cause);
		this.fault = fault;
	}

	/**
	 * What is wrong with the message.
	 * @return the fault, never {@code null}
	 */
	public Fault fault() {
		return this.fault;
	}

	/** What libthrift, or the generated code under it, threw while it read. */
	static ThriftMessageException unreadable(String what, Exception cause) {
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
