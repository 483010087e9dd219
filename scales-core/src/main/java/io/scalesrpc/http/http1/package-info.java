/**
 * HTTP/1.1: connections that take one call at a time.
 */
@Internal
@NullMarked
package io.scalesrpc.http.http1;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
