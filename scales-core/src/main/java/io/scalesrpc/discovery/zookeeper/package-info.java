/**
 * Members that stand in ZooKeeper: server sets of Twitter, Finagle and Aurora
 * ({@code zk://}), and services of Curator's discovery ({@code curator://}), followed and
 * joined with Curator's recipes and Jackson's streaming parser, both optional. Used
 * through the schemes. Never blocks its caller, and writes nothing but the ephemeral
 * nodes of announcements and the path they need.
 */
@NullMarked
package io.scalesrpc.discovery.zookeeper;

import org.jspecify.annotations.NullMarked;
