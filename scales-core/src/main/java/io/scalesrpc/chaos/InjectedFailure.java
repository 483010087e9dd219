package io.scalesrpc.chaos;

import java.util.EnumSet;
import java.util.Set;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.FailureKind;

/**
 * How attempts are made to fail, and which share of them. <em>Immutable</em>.
 *
 * @param kind as what: NOT_SENT, CONNECTION_LOST, TIMEOUT or REMOTE
 * @param percent of how many attempts, 0 to 100
 */
public record InjectedFailure(FailureKind kind, double percent) {

	/** What can happen to a call on its way; the others are nobody's fault but ours. */
	private static final Set<FailureKind> KINDS = EnumSet.of(FailureKind.NOT_SENT, FailureKind.CONNECTION_LOST,
			FailureKind.TIMEOUT, FailureKind.REMOTE);

	/** None. */
	public static final InjectedFailure NONE = new InjectedFailure(FailureKind.REMOTE, 0);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public InjectedFailure {
		Checks.require(KINDS.contains(kind), "failure.kind", kind, "one of " + KINDS);
		Percent.require("failure.percent", percent);
	}

}
