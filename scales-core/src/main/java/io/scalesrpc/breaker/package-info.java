/**
 * The member breaker: keeps calls away from a member that is connected and fails, and
 * lets it back by one probe. The stage between the balancer, which sees its state, and
 * the connection to the member. Never refuses a call: when nobody better is left, members
 * that are out are called all the same.
 */
@NullMarked
package io.scalesrpc.breaker;

import org.jspecify.annotations.NullMarked;
