/**
 * Thrift without an IDL: what the annotations of {@code thrift.annotation} say, as code
 * that writes and reads what generated code would. Used by {@code thrift}, which has the
 * messages, their limits and their checks.
 * <p>
 * All reflection is done at the start; afterwards records are taken apart and made by
 * method handles. Knows no message, method name or sequence id.
 */
@NullMarked
package io.scalesrpc.thrift.declared;

import org.jspecify.annotations.NullMarked;
