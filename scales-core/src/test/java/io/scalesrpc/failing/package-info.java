/**
 * Services that fail, and what becomes of those who call them: layers of real servers and
 * clients of which the last fails every call, and a service that is sick for a while.
 * Used by the tests, by what is run by hand, and by whoever wants to show it. Asserts
 * nothing.
 */
@NullMarked
package io.scalesrpc.failing;

import org.jspecify.annotations.NullMarked;
