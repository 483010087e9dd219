package io.scalesrpc.spring.http;

/**
 * A user. <em>Immutable</em>.
 *
 * @param id the number
 * @param name the name
 */
public record User(int id, String name) {
}
