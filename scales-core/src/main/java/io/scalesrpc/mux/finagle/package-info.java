/**
 * What Finagle puts into the contexts of a mux dispatch: deadline, trace, client id,
 * which attempt this is, headers; and how addresses are written there.
 */
@Internal
@NullMarked
package io.scalesrpc.mux.finagle;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
