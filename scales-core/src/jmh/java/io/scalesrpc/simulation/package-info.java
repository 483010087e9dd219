/**
 * A simulation of the balancers in virtual time: servers, networks and clients that exist
 * only as events, around the real {@link io.scalesrpc.balancer.dispatch.Balancer}. Run by
 * {@code src/jmh/simulate.sh}, which prints one table for each scenario; the same seed
 * gives the same bytes. Nothing depends on it; it never sleeps, reads a clock or opens a
 * socket.
 */
@NullMarked
package io.scalesrpc.simulation;

import org.jspecify.annotations.NullMarked;
