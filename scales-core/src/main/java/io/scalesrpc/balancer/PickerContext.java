package io.scalesrpc.balancer;

import java.util.random.RandomGenerator;

/**
 * What a picker may use of its balancer. <em>Immutable</em>.
 *
 * @param settings how to choose
 * @param random the source of chance, thread-safe
 */
record PickerContext(BalancerSettings settings, RandomGenerator random) {
}
