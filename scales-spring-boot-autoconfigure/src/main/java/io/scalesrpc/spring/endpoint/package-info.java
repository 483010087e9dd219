/**
 * What operators see of clients under {@code /actuator/scales}. Used by Spring Boot only.
 * Never changes a client.
 */
@NullMarked
package io.scalesrpc.spring.endpoint;

import org.jspecify.annotations.NullMarked;
