/**
 * An application that developer tools load anew. Used by {@code RestartTests} through a
 * class loader of its own. Never named by another test.
 */
@NullMarked
package io.scalesrpc.spring.client.restarted;

import org.jspecify.annotations.NullMarked;
