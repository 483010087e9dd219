package io.scalesrpc.thrift;

import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to one call.
 * <p>
 * <em>Immutable</em>.
 */
public sealed interface ThriftReply {

	/**
	 * The result.
	 *
	 * @param value {@code null} for a void or oneway method
	 */
	record Value(@Nullable Object value) implements ThriftReply {

		static final Value NOTHING = new Value(null);

	}

	/**
	 * An exception that the IDL declares for the method.
	 *
	 * @param exception as generated
	 */
	record Declared(TException exception) implements ThriftReply {
	}

	/**
	 * An error of the server outside the IDL, or a result without a value where one is
	 * due.
	 *
	 * @param exception its type and message are the server's
	 */
	record Refused(TApplicationException exception) implements ThriftReply {
	}

}
