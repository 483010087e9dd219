/**
 * What is counted, and under which name: every meter of a client in one place. Used by
 * every stage that has something to count. Never decides anything.
 */
@NullMarked
package io.scalesrpc.metrics;

import org.jspecify.annotations.NullMarked;
