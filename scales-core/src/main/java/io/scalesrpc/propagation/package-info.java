/**
 * Carries context from one thread to another by way of Micrometer's context propagation:
 * the request being served, for that library, which finds the accessor by itself; and
 * what callers' threads have, for the client package, to the code that runs when a call
 * has ended. Does nothing where the library is missing. Never decides anything.
 */
@Internal
@NullMarked
package io.scalesrpc.propagation;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
