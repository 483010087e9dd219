/**
 * Which member a call goes to: {@link io.scalesrpc.balancer.dispatch.Balancer} follows a
 * server set and keeps a node for each member; a
 * {@link io.scalesrpc.balancer.node.Picker} chooses among them, by turn, load or latency.
 * Used by the client's stack, above everything there is once for each member. Never sends
 * a call twice and never opens a connection; of an outcome it learns whom to burden less
 * for a while, no more.
 */
@NullMarked
package io.scalesrpc.balancer;

import org.jspecify.annotations.NullMarked;
