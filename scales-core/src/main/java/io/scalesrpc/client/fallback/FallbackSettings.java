package io.scalesrpc.client.fallback;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.FailureKind;

/**
 * What answers calls of an interface that failed, and which failures it stands in for. An
 * exception that the IDL declares is an answer of the service, and a caller who gave up
 * waits for none: nothing stands in for these. <em>Immutable</em>.
 *
 * @param factory makes the stand-in
 * @param on the kinds of failures, at least one
 * @param <T> the interface
 */
public record FallbackSettings<T>(FallbackFactory<? extends T> factory, Set<FailureKind> on) {

	/**
	 * The failures of servers and networks. Not {@link FailureKind#INTERNAL}: an
	 * interface that does not fit its service never heals, and a stand-in would hide it.
	 */
	public static final Set<FailureKind> DEFAULT_ON = Collections.unmodifiableSet(
			EnumSet.of(FailureKind.NOT_SENT, FailureKind.CONNECTION_LOST, FailureKind.TIMEOUT, FailureKind.REMOTE));

	/** What may be asked for. */
	private static final Set<FailureKind> POSSIBLE = Collections
		.unmodifiableSet(EnumSet.complementOf(EnumSet.of(FailureKind.CANCELLED, FailureKind.DECLARED)));

	/**
	 * Checks and copies the kinds.
	 * @throws IllegalArgumentException if there is none, or one nothing can stand in for
	 */
	public FallbackSettings {
		Checks.require(!on.isEmpty() && POSSIBLE.containsAll(on), "fallbackOn", on, "some of " + POSSIBLE);
		on = Collections.unmodifiableSet(EnumSet.copyOf(on));
	}

	/**
	 * A stand-in for the failures of servers and networks.
	 * @param factory makes it
	 * @param <T> the interface
	 * @return the settings
	 */
	public static <T> FallbackSettings<T> of(FallbackFactory<? extends T> factory) {
		return new FallbackSettings<>(factory, DEFAULT_ON);
	}

	/**
	 * The same stand-in for other failures.
	 * @param kinds at least one, neither {@link FailureKind#CANCELLED} nor
	 * {@link FailureKind#DECLARED}
	 * @return the new settings
	 * @throws IllegalArgumentException if they are not as described
	 */
	public FallbackSettings<T> withKinds(Set<FailureKind> kinds) {
		return new FallbackSettings<>(this.factory, kinds);
	}

}
