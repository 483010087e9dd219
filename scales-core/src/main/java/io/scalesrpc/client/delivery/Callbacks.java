package io.scalesrpc.client.delivery;

/**
 * Where the futures and Monos of a client complete, and so where the code hanging on them
 * runs. <em>Immutable</em>.
 */
public enum Callbacks {

	/**
	 * On an executor: code that blocks holds up no connection. Calls that end together
	 * are handed over together.
	 */
	EXECUTOR,

	/**
	 * On the event loop that ended the call, or on any if the timer did: fastest, and
	 * code hanging on a future must never block, since every connection of that thread
	 * waits for it. A completion that takes over 50 ms is logged.
	 */
	EVENT_LOOP

}
