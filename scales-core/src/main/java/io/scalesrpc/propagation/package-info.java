/**
 * Carries the request being served from one thread to another by way of Micrometer's
 * context propagation. Used by that library alone, which finds it by itself; so nothing
 * here is loaded where the library is missing. Never decides anything about a request.
 */
@NullMarked
package io.scalesrpc.propagation;

import org.jspecify.annotations.NullMarked;
