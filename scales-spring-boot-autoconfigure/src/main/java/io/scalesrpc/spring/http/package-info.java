/**
 * HTTP for Spring: interfaces with {@code @HttpExchange} whose requests are calls of a
 * Scales client, and the ways by which a {@code RestClient} or {@code WebClient} of the
 * application sends its requests through one. Bodies, headers and errors are Spring's own
 * business; which member is asked, for how long and how often, is Scales'. Used by
 * applications and, through auto-configuration, by client interfaces. Never opens a
 * connection itself.
 */
@NullMarked
package io.scalesrpc.spring.http;

import org.jspecify.annotations.NullMarked;
