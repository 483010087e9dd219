/**
 * The rules of design that a compiler does not know, as tests: who may import whom, and
 * who may use which library. Used by tests only.
 */
@NullMarked
package io.scalesrpc.architecture;

import org.jspecify.annotations.NullMarked;
