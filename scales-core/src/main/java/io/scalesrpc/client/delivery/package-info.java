/**
 * On which thread callers hear of the end of their calls.
 */
@NullMarked
package io.scalesrpc.client.delivery;

import org.jspecify.annotations.NullMarked;
