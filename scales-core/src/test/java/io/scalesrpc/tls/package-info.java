/**
 * Tests of TLS over the whole stack, protocol by protocol: good connections, and every
 * way in which one must be refused. Nobody uses it; it never checks frames, which the
 * protocols' own tests do.
 */
@NullMarked
package io.scalesrpc.tls;

import org.jspecify.annotations.NullMarked;
