/**
 * Bytes of requests and replies: framed Thrift, what mux replies say of failures,
 * writing.
 */
@Internal
@NullMarked
package io.scalesrpc.server.wire;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
