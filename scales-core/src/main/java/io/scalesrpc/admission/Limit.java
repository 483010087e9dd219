package io.scalesrpc.admission;

/**
 * How many calls may be in flight. Implementations are <em>thread-safe</em>.
 */
interface Limit {

	/** The number now, 1 or more. */
	int now();

	/**
	 * Learns from a call that is over.
	 * @param start when it began, in nanoseconds of the ticker
	 * @param end when it ended
	 * @param inFlight how many were in flight when it began, itself included
	 * @param overloaded whether a server refused it or did not answer in time
	 */
	void learn(long start, long end, int inFlight, boolean overloaded);

}
