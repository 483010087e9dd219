package io.scalesrpc.discovery.dns;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of one name. <em>Immutable</em>.
 *
 * @param hosts addresses as text, in any order; empty if there are none
 * @param ttl how many seconds they hold, {@link Long#MAX_VALUE} if nothing was answered
 * @param unreadable how many were left out because they make no sense
 * @param problem why not all questions were answered; {@code null} if they were
 */
record Addresses(List<String> hosts, long ttl, int unreadable, @Nullable String problem) {
}
