/**
 * The protocols {@code http} and {@code https}: what makes methods and connections of
 * them.
 */
@Internal
@NullMarked
package io.scalesrpc.http.protocol;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
