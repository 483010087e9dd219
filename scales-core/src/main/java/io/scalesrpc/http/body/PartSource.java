package io.scalesrpc.http.body;

import io.scalesrpc.Internal;

/**
 * Where the parts of a body come from. Implementations are <em>confined to the
 * connection's event loop</em>, but for {@link #execute}.
 */
@Internal
public interface PartSource {

	/**
	 * Runs a task on the event loop. Runs on any thread.
	 * @param task what to run; at once if the event loop is gone
	 */
	void execute(Runnable task);

	/** Asks for some more; to ask again before it comes changes nothing. */
	void more();

	/** Nobody wants the rest. Not called once the body is complete or failed. */
	void giveUp();

}
