package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * A remote method as every stage of the stack sees it; a protocol's own type adds how to
 * encode it. <em>Immutable</em>.
 */
public interface MethodSpec {

	/**
	 * The remote service the method belongs to, as the protocol names it.
	 * @return the name, never empty
	 */
	String service();

	/**
	 * The method's name on the wire.
	 * @return the name, never empty
	 */
	String name();

	/**
	 * Whether the caller asks for no answer. A oneway call ends with an empty
	 * {@link Reply} as soon as the protocol can tell that the request left.
	 * @return {@code true} if no answer is expected
	 */
	boolean oneway();

	/**
	 * How arguments and results of the method can be kept.
	 * @return the codec; {@code null} if the method has no result, or the protocol cannot
	 */
	default @Nullable MethodCodec codec() {
		return null;
	}

	/**
	 * What the service itself says of calls of the method, beside what it does: how long
	 * they may take, whether they may be made twice. Settings of the method come first.
	 * @return the options, none if nothing is said
	 */
	default CallOptions declared() {
		return CallOptions.NONE;
	}

	/**
	 * The parameter whose value decides which member a call goes to, if the service
	 * itself says that; {@link RoutingKey} on a method of a client interface comes first.
	 * @return its place among the arguments, from 0; -1 if nothing is said
	 */
	default int routingParameter() {
		return -1;
	}

	/**
	 * What holds for a single call, where a protocol knows more of it than its method
	 * tells.
	 * @param configured what the settings say about calls of the method; it comes first
	 * @param arguments those of the call
	 * @return the options of the call
	 */
	default CallOptions options(CallOptions configured, @Nullable Object[] arguments) {
		return configured;
	}

}
