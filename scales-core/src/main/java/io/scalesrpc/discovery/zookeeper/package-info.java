/**
 * Server sets of Twitter and Aurora, read from ZooKeeper with Curator and Jackson's
 * streaming parser, both optional. Used through the scheme {@code zk}. Never writes to
 * ZooKeeper and never waits for it.
 */
@NullMarked
package io.scalesrpc.discovery.zookeeper;

import org.jspecify.annotations.NullMarked;
