/**
 * The health of clients: what they know of their members, without asking anybody. Used by
 * Spring Boot only. Never opens a connection, and is not part of readiness unless the
 * application puts it there.
 */
@NullMarked
package io.scalesrpc.spring.health;

import org.jspecify.annotations.NullMarked;
