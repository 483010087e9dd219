/**
 * {@link io.scalesrpc.balancer.dispatch.Balancer} follows a server set, keeps a node for
 * each member and sends each call to the one its picker chose; what becomes of members
 * that leave, of calls while every member is down, and of groups with priorities. Never
 * sends a call twice and never opens a connection; of an outcome it learns whom to burden
 * less for a while, no more.
 */
@Internal
@NullMarked
package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
