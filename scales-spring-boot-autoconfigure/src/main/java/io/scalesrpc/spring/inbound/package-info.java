/**
 * Reads the deadline of a request to this application from its headers, with Spring MVC
 * and WebFlux, for the calls that are made for it. Used by Spring Boot alone. Never makes
 * a deadline later than a call's own timeout, and never refuses a request.
 */
@NullMarked
package io.scalesrpc.spring.inbound;

import org.jspecify.annotations.NullMarked;
