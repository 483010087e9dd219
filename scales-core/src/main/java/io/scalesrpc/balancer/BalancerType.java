package io.scalesrpc.balancer;

/**
 * The way in which a balancer chooses. Whatever the way, members that are available come
 * before those that are not, another attempt of a call goes to another member, and a
 * member that fails at once is not taken for an idle one. <em>Immutable</em>.
 */
public enum BalancerType {

	/**
	 * Exactly the member with the fewest calls in flight, by a heap (Finagle's and
	 * Scales' {@code HeapBalancer}). Weights play no part.
	 */
	HEAP((context) -> new HeapPicker(context.random())),

	/**
	 * Every member in its turn. Weights play no part.
	 */
	ROUND_ROBIN((context) -> new RoundRobinPicker(Turns.EQUAL, context.random())),

	/**
	 * Every member in its turn, as often as its weight says and evenly spread in time: a
	 * heavy member gets no bursts.
	 */
	WEIGHTED_ROUND_ROBIN((context) -> new RoundRobinPicker(Turns.BY_WEIGHT, context.random())),

	/**
	 * The name under which others know {@link #HEAP}: a member has one connection, on
	 * which calls are multiplexed, so what is least is not connections but calls in
	 * flight. Weights play no part.
	 */
	LEAST_CONNECTIONS((context) -> new HeapPicker(context.random()));

	private final PickerFactory factory;

	BalancerType(PickerFactory factory) {
		this.factory = factory;
	}

	Picker newPicker(PickerContext context) {
		return this.factory.create(context);
	}

}
