package io.scalesrpc.finagle.balancing;

/**
 * What happens to the members of a client while it is under load. Implementations are
 * <em>immutable</em>.
 */
interface Scenario {

	/** How many servers it needs. */
	int servers();

	/**
	 * Brings the servers into the state in which the scenario begins.
	 * @param servers as many as needed, or more
	 */
	void prepare(Servers servers);

	/**
	 * Runs it.
	 * @param servers as prepared
	 * @param client has no members yet
	 * @return the figures
	 */
	Report run(Servers servers, LoadClient client);

}
