/**
 * The servers that the shop calls, in this process, and the ZooKeeper in which they are
 * registered; what each of them does can be switched. Calls go over real sockets all the
 * same. Used by the live page; knows nothing of clients.
 */
@NullMarked
package io.scalesrpc.demo.fleet;

import org.jspecify.annotations.NullMarked;
