/**
 * What bounds a server: calls at once, memory, threads; and how a call learns that nobody
 * waits for it.
 */
@Internal
@NullMarked
package io.scalesrpc.server.limit;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
