/**
 * A member as a balancer sees it: {@link io.scalesrpc.balancer.node.Node} counts its
 * load, remembers its failures and tells how slow it is;
 * {@link io.scalesrpc.balancer.node.Picker} is what every way of choosing among nodes has
 * in common. Knows no way of choosing.
 */
@Internal
@NullMarked
package io.scalesrpc.balancer.node;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
