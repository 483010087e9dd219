/**
 * What our client does while the registry, or what is registered, goes and comes: servers
 * restarted one after the other, ZooKeeper stopped, thousands of members replaced at
 * once. Run by {@code registry.sh}. ZooKeeper and the servers of the many members are in
 * JVMs of their own, so that the processor time told is that of the client and its load.
 */
@NullMarked
package io.scalesrpc.finagle.registry;

import org.jspecify.annotations.NullMarked;
