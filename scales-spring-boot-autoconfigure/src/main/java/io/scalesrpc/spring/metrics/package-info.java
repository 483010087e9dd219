/**
 * Joins the meters of clients to the application's registry. Used by Spring Boot only.
 * Never names a meter: the core does.
 */
@NullMarked
package io.scalesrpc.spring.metrics;

import org.jspecify.annotations.NullMarked;
