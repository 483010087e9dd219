package io.scalesrpc.balancer;

/**
 * The way in which a balancer chooses. Whatever the way, members that are available come
 * before those that are not, another attempt of a call goes to another member, and a
 * member that fails at once is not taken for an idle one. <em>Immutable</em>.
 */
public enum BalancerType {

	/**
	 * The better of two random members of a window that grows and shrinks with the load;
	 * the others are not connected (Scales' and Finagle's {@code ApertureBalancer}).
	 * Latency counts as well as calls in flight. The default.
	 */
	APERTURE,

	/**
	 * As {@link #APERTURE}, with a window that follows from the {@link Coordinate} of
	 * this process, so that every member has equally many clients. Its number is given,
	 * or that of its place among its {@link Peers}.
	 */
	DETERMINISTIC_APERTURE,

	/**
	 * Of two random members the one with fewer calls in flight (Mitzenmacher, 2001;
	 * Finagle's default).
	 */
	P2C,

	/**
	 * Of two random members the one with the lower product of calls in flight and the
	 * moving average of its latencies, which peaks count most in (Finagle's
	 * {@code PeakEwma}).
	 */
	P2C_EWMA,

	/**
	 * Exactly the member with the fewest calls in flight, by a heap (Finagle's and
	 * Scales' {@code HeapBalancer}). Weights play no part.
	 */
	HEAP,

	/**
	 * Every member in its turn. Weights play no part.
	 */
	ROUND_ROBIN,

	/**
	 * Every member in its turn, as often as its weight says and evenly spread in time: a
	 * heavy member gets no bursts.
	 */
	WEIGHTED_ROUND_ROBIN,

	/**
	 * The name under which others know {@link #HEAP}: a member has one connection, on
	 * which calls are multiplexed, so what is least is not connections but calls in
	 * flight. Weights play no part.
	 */
	LEAST_CONNECTIONS,

	/**
	 * The member that the routing key of a call belongs to, by consistent hashing with
	 * bounded loads, so that calls with the same key go to the same member. Only about as
	 * many keys move as a member has when it comes or goes. Calls without a key go as
	 * with {@link #APERTURE} whose window holds all members.
	 * @see io.scalesrpc.call.RoutingKey
	 */
	HASH

}
