/**
 * What interfaces and records say of themselves to be Thrift without an IDL. Used by
 * applications; read once, at the start, by {@code thrift.declared}.
 * <p>
 * Knows nothing of Thrift's own classes.
 */
@NullMarked
package io.scalesrpc.thrift.annotation;

import org.jspecify.annotations.NullMarked;
