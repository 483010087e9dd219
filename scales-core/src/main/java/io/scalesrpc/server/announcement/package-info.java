/**
 * Tells a registry where the server is.
 */
@Internal
@NullMarked
package io.scalesrpc.server.announcement;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
