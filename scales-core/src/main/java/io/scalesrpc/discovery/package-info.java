/**
 * Who can be called: {@link io.scalesrpc.discovery.ServerSet}s of
 * {@link io.scalesrpc.discovery.Member}s, named by a
 * {@link io.scalesrpc.discovery.ServerSetUri}. Used by the balancer, which follows a set,
 * and by servers, which announce themselves in one. Never opens a connection to a member
 * and never judges its health.
 */
@NullMarked
package io.scalesrpc.discovery;

import org.jspecify.annotations.NullMarked;
