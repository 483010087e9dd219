/**
 * Serves the beans of the application that have {@code @ScalesService}: one server, made
 * of {@code scales.server.*}. Used by Spring Boot, health, endpoint, and applications
 * that ask where they listen. Never speaks a protocol: the core does.
 */
@NullMarked
package io.scalesrpc.spring.server;

import org.jspecify.annotations.NullMarked;
