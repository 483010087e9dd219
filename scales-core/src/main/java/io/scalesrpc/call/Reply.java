package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * The answer of the server. <em>Immutable</em> as far as the decoded value is.
 *
 * @param value the decoded value; {@code null} for void methods and for null results
 * @param context what the server sent beside the value, for example ThriftMux response
 * contexts
 */
public record Reply(@Nullable Object value, Context context) implements Outcome {

	/** A reply without a value: what void and oneway methods end with. */
	public static final Reply EMPTY = new Reply(null, Context.empty());

	/**
	 * Creates a reply that carries nothing but its value.
	 * @param value the decoded value, or {@code null}
	 * @return the reply
	 */
	public static Reply of(@Nullable Object value) {
		return (value != null) ? new Reply(value, Context.empty()) : EMPTY;
	}

}
