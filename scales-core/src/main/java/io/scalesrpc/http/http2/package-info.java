/**
 * HTTP/2: one connection, a stream for each call.
 */
@Internal
@NullMarked
package io.scalesrpc.http.http2;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
