/**
 * Redis in a Spring application: settings of properties, servers that Spring Boot knows,
 * what is set up of Lettuce, JSON, and results of other clients kept in Redis. Never
 * decides what a command is: the core does.
 */
@NullMarked
package io.scalesrpc.spring.redis;

import org.jspecify.annotations.NullMarked;
