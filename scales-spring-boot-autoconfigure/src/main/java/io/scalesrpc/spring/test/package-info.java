/**
 * What tests of applications need: a slice with clients and nothing else, servers that
 * stand in for those behind a client, and servers that do what servers should not. Used
 * by tests only, which bring Spring Boot's own test support. Never part of an application
 * that runs.
 */
@NullMarked
package io.scalesrpc.spring.test;

import org.jspecify.annotations.NullMarked;
