/**
 * grpc-java on its Netty.
 */
@NullMarked
package io.scalesrpc.benchmark.grpc;

import org.jspecify.annotations.NullMarked;
