/**
 * A service of an application, as component scanning finds it. Used by tests only. Never
 * holds a test.
 */
@NullMarked
package io.scalesrpc.spring.server.scanned;

import org.jspecify.annotations.NullMarked;
