/**
 * What operators see of clients under {@code /actuator/scales}. Used by Spring Boot only.
 * Never changes a client but for the state of its circuit breakers, and that only where
 * write operations are allowed.
 */
@NullMarked
package io.scalesrpc.spring.endpoint;

import org.jspecify.annotations.NullMarked;
