/**
 * Where the servers of clients are that run in containers of a test, or of Docker
 * Compose. Used by Spring Boot's support for both, which an application has only in
 * development and tests. Never starts a container.
 */
@NullMarked
package io.scalesrpc.spring.container;

import org.jspecify.annotations.NullMarked;
