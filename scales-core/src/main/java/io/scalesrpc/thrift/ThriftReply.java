package io.scalesrpc.thrift;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.log.PeerText;
import org.apache.thrift.TApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to one call.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public sealed interface ThriftReply {

	/**
	 * What the reply means for its call.
	 * @param context what came with it, empty if nothing did
	 * @return a reply, the declared exception, or a failure of the server or of this side
	 */
	default Outcome outcome(Context context) {
		if (this instanceof Value value) {
			return (context.size() == 0) ? Reply.of(value.value()) : new Reply(value.value(), context);
		}
		if (this instanceof Declared declared) {
			return Failure.declared(declared.exception());
		}
		if (this instanceof Misfit misfit) {
			return Failure.of(FailureKind.INTERNAL,
					"result does not fit the interface of this client: " + misfit.what());
		}
		TApplicationException refused = ((Refused) this).exception();
		return Failure.of(FailureKind.REMOTE,
				"server error: " + PeerText.printable(String.valueOf(refused.getMessage())), refused);
	}

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
	 * @param exception as generated, or as the code-first interface declares it
	 */
	record Declared(Exception exception) implements ThriftReply {
	}

	/**
	 * A result that this side's generated code has no place for, such as an enum value of
	 * a newer interface.
	 *
	 * @param what the field, its value, and what it should be
	 */
	record Misfit(String what) implements ThriftReply {
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
