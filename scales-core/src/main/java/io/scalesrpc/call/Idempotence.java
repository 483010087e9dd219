package io.scalesrpc.call;

/**
 * Whether a method may be invoked more than once with the effect of once, so that a call
 * whose fate is unknown may be sent again, or to two servers at the same time. Only who
 * knows the service can say so: without the setting no method is. <em>Immutable</em>.
 */
public final class Idempotence {

	/** {@code true} if a second invocation does no harm; {@code false} if nobody says. */
	public static final CallOptions.Key<Boolean> KEY = new CallOptions.Key<>("idempotent", false);

	private Idempotence() {
	}

}
