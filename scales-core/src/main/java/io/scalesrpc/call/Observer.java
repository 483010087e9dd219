package io.scalesrpc.call;

/**
 * Someone who is told how a call ended, exactly once. Runs on the thread that ended the
 * call (often an event loop): it must neither block nor throw. What it throws is logged
 * and harms no other observer.
 */
@FunctionalInterface
public interface Observer {

	/**
	 * Tells that the call is over.
	 * @param call the call that ended
	 * @param outcome how it ended; the same object for every observer of the call
	 */
	void ended(Call call, Outcome outcome);

}
