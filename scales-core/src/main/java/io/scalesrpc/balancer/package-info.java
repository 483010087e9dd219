/**
 * Which member a call goes to: {@link io.scalesrpc.balancer.Balancer} follows a server
 * set and keeps a node for each member; a {@link io.scalesrpc.balancer.Picker} chooses
 * among them by load. Used by the client's stack, above everything there is once for each
 * member. Never sends a call twice, never opens a connection and never judges an outcome.
 */
@NullMarked
package io.scalesrpc.balancer;

import org.jspecify.annotations.NullMarked;
