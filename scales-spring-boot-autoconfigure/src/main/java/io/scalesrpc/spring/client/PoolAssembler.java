package io.scalesrpc.spring.client;

import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.spring.PoolProperties;

/**
 * Makes settings of pools of properties. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record PoolAssembler(ClientProblems problems) {

	private static final String PREFIX = "pool.";

	PoolSettings assemble(String client, PoolProperties properties) {
		try {
			return properties.toSettings();
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			throw this.problems.badValue(client, written(client, text.substring(0, Math.max(0, text.indexOf(':')))),
					ex);
		}
	}

	/** The low mark may be above a high one that somebody wrote. */
	private String written(String client, String name) {
		boolean isPartners = name.equals("low") && this.problems.locator().find(client, PREFIX + name) == null;
		return PREFIX + (isPartners ? "high" : name);
	}

}
