/**
 * An application of which tests take slices. Used by {@code DataSliceTests} and
 * {@code JsonSliceTests}. Never holds a test.
 */
@NullMarked
package io.scalesrpc.spring.client.sliced;

import org.jspecify.annotations.NullMarked;
