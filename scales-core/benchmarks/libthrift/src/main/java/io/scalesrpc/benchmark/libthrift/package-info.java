/**
 * Thrift's own clients: the generated service of the echo, and its callers.
 */
@NullMarked
package io.scalesrpc.benchmark.libthrift;

import org.jspecify.annotations.NullMarked;
