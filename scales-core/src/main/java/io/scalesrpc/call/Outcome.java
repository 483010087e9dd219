package io.scalesrpc.call;

/**
 * How a call ended: with a {@link Reply} or with a {@link Failure}. <em>Immutable</em>.
 */
public sealed interface Outcome permits Reply, Failure {

	/**
	 * Whether the server answered, with a value or with an exception that its interface
	 * declares. A declared exception is the service at work, so breakers and balancers
	 * must not hold it against a member.
	 * @return {@code true} for a {@link Reply} and for a {@link FailureKind#DECLARED}
	 * failure
	 */
	default boolean answered() {
		return !(this instanceof Failure failure) || failure.kind() == FailureKind.DECLARED;
	}

}
