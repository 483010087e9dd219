package io.scalesrpc.balancer;

import java.util.concurrent.Executor;

/**
 * What a picker may use of its balancer. <em>Immutable</em>.
 *
 * @param settings how to choose
 * @param source of time and chance
 * @param writer the balancer's serial writer, which changes nodes
 * @param activity wakes nodes and lets them rest
 */
record PickerContext(BalancerSettings settings, TimeAndChance source, Executor writer, Window.Activity activity) {
}
