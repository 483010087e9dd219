/**
 * Several connections to one member. Where a connection takes one call at a time,
 * {@link io.scalesrpc.pool.PooledConnectionFactory} makes of a factory of such
 * connections one whose connections are pools, so that a resurrector keeps a pool as it
 * keeps a single connection; where calls share them,
 * {@link io.scalesrpc.pool.SharedPoolFactory} does. Used by the client package. Never
 * decides which member is called, never tries a member again that is down, and never
 * lends a connection on which an answer is missing.
 */
@NullMarked
package io.scalesrpc.pool;

import org.jspecify.annotations.NullMarked;
