/**
 * A registry of one's own, shown with etcd: a server set, its provider, and a test with a
 * real etcd. Used by tests only, and as the example that the docs speak of. Never part of
 * what is shipped.
 */
@NullMarked
package io.scalesrpc.spring.etcd;

import org.jspecify.annotations.NullMarked;
