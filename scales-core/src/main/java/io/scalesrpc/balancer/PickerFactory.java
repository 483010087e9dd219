package io.scalesrpc.balancer;

import java.util.random.RandomGenerator;

/**
 * Makes the picker of one balancer. <em>Immutable</em>.
 */
@FunctionalInterface
interface PickerFactory {

	/**
	 * Makes a picker that has no nodes yet.
	 * @param random the source of chance; thread-safe if the picker needs it for picking
	 * @return the picker
	 */
	Picker create(RandomGenerator random);

}
