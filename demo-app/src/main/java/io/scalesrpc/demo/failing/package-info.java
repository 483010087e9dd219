/**
 * What becomes of those who call services that fail: the table of a circuit breaker, and
 * retries in three layers of services. Used by the page {@code failing.html}.
 */
@NullMarked
package io.scalesrpc.demo.failing;

import org.jspecify.annotations.NullMarked;
