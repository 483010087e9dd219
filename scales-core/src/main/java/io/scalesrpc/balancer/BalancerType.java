package io.scalesrpc.balancer;

/**
 * The ways to choose a member. <em>Immutable</em>.
 */
public enum BalancerType {

	/** The least loaded member, kept at the top of a heap. */
	HEAP

}
