package io.scalesrpc.cache;

/**
 * What a look-up found. <em>Immutable</em> as far as the value is.
 *
 * @param entry as it was kept
 * @param value its result, decoded for one caller
 */
record Found(Entry entry, Object value) {
}
