/**
 * Calls that wait for something, in the order in which they came.
 */
@Internal
@NullMarked
package io.scalesrpc.call.waiting;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
