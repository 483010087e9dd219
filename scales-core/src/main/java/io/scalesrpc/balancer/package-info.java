/**
 * Chooses the member a call is sent to.
 */
@NullMarked
package io.scalesrpc.balancer;

import org.jspecify.annotations.NullMarked;
