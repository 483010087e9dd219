package io.scalesrpc.balancer.node;

import java.util.concurrent.Executor;

import io.scalesrpc.balancer.BalancerSettings;

/**
 * What a picker may use of its balancer. <em>Immutable</em>.
 *
 * @param settings how to choose
 * @param source of time and chance
 * @param writer the balancer's serial writer, which changes nodes
 * @param activity wakes nodes and lets them rest
 */
public record PickerContext(BalancerSettings settings, TimeAndChance source, Executor writer, NodeActivity activity) {
}
