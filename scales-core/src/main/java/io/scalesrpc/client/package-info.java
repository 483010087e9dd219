/**
 * Clients as users see them: {@link io.scalesrpc.client.ScalesClients} makes a
 * {@link io.scalesrpc.client.ClientBuilder}, that a
 * {@link io.scalesrpc.client.ClientHandle}, and the handle proxies of Java interfaces.
 * Here the stack is put together, in {@code ClientStack}. Used by applications and by the
 * Spring Boot starter. Never decides how a call fares: that is what the stages are for.
 */
@NullMarked
package io.scalesrpc.client;

import org.jspecify.annotations.NullMarked;
