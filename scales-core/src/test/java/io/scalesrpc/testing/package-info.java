/**
 * What tests of every package share: time and chance moved by hand, calls, a sink and an
 * observer that remember, and the extension that fails a test which leaves something
 * behind. Used by tests only; never mocks a type that it can implement.
 */
@NullMarked
package io.scalesrpc.testing;

import org.jspecify.annotations.NullMarked;
