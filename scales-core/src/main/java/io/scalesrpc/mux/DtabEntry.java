package io.scalesrpc.mux;

import io.scalesrpc.Internal;

/**
 * One rule of a Finagle delegation table: names that begin with the prefix are looked up
 * at the destination. <em>Immutable</em>.
 *
 * @param prefix a Finagle path such as {@code /s}
 * @param destination a Finagle name tree such as {@code /srv/local}
 */
@Internal
public record DtabEntry(String prefix, String destination) {
}
