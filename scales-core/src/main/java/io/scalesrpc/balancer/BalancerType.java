package io.scalesrpc.balancer;

import java.util.random.RandomGenerator;

/**
 * The way in which a balancer chooses. <em>Immutable</em>.
 */
public enum BalancerType {

	/**
	 * Exactly the member with the fewest calls in flight, by a heap (Finagle's and
	 * Scales' {@code HeapBalancer}). Weights play no part.
	 */
	HEAP(HeapPicker::new);

	private final PickerFactory factory;

	BalancerType(PickerFactory factory) {
		this.factory = factory;
	}

	Picker newPicker(RandomGenerator random) {
		return this.factory.create(random);
	}

}
