package io.scalesrpc.propagation;

import io.micrometer.context.ContextRegistry;
import io.scalesrpc.call.CallScope;

/**
 * Finds what takes the context of callers' threads. <em>Stateless</em>; thread-safe.
 */
public final class ThreadContexts {

	private ThreadContexts() {
	}

	/**
	 * Takes what Micrometer's context propagation knows, and the MDC.
	 * @return {@link CallScope.Source#NONE} where that library is missing
	 */
	public static CallScope.Source source() {
		try {
			return new CallerScopes(ContextRegistry.getInstance());
		}
		catch (NoClassDefFoundError ex) {
			return CallScope.Source.NONE;
		}
	}

}
