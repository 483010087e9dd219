/**
 * The first and the last seconds of a start: ports that are taken, and where the page is.
 * Used by {@code main}; knows nothing of shops.
 */
@NullMarked
package io.scalesrpc.demo.start;

import org.jspecify.annotations.NullMarked;
