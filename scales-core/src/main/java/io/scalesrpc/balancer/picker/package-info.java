/**
 * The ways of choosing among nodes: two choices, alone or within a window of the members,
 * a heap, turns, a ring of hashes. {@link io.scalesrpc.balancer.picker.Pickers} makes
 * them.
 */
@Internal
@NullMarked
package io.scalesrpc.balancer.picker;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
