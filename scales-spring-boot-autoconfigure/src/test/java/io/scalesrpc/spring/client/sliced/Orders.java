package io.scalesrpc.spring.client.sliced;

import org.springframework.stereotype.Repository;

/** Orders that are kept somewhere. <em>Immutable</em>. */
@Repository
public class Orders {

	/**
	 * Counts them.
	 * @return how many there are
	 */
	public int count() {
		return 0;
	}

}
