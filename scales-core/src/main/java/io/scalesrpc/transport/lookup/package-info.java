/**
 * Looks names up and tries all their addresses.
 */
@Internal
@NullMarked
package io.scalesrpc.transport.lookup;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
