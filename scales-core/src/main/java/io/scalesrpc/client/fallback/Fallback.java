package io.scalesrpc.client.fallback;

import java.util.Set;
import java.util.function.Function;

import io.scalesrpc.Internal;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;

/**
 * What answers calls of an interface that failed. <em>Immutable</em>.
 *
 * @param factory makes an object of the interface for a failure
 * @param kinds the failures it stands in for
 * @param metrics counts how often it answered
 */
@Internal
public record Fallback(Function<ScalesException, ?> factory, Set<FailureKind> kinds, ClientMetrics metrics) {

	/** Counts an answer. */
	void answered() {
		this.metrics.count(Event.FALLBACK_ANSWERED);
	}

	/**
	 * Counts that there is no answer.
	 * @param failure why the stand-in has none
	 * @param cause why the call had none
	 * @return what the caller gets: the former, which tells of the latter
	 */
	Throwable failed(Throwable failure, ScalesException cause) {
		this.metrics.count(Event.FALLBACK_FAILED);
		if (failure != cause) {
			failure.addSuppressed(cause);
		}
		return failure;
	}

}
