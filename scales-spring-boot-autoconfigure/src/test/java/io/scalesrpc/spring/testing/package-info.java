/**
 * A server and a context for the tests of this module. Used by tests only. Never holds a
 * test.
 */
@NullMarked
package io.scalesrpc.spring.testing;

import org.jspecify.annotations.NullMarked;
