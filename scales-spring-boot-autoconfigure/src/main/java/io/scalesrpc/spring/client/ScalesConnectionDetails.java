package io.scalesrpc.spring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the members of clients are, by somebody who knows better than the properties: a
 * container, a stub of a test, a platform. Found as beans; the first that knows a client
 * decides. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
public interface ScalesConnectionDetails extends ConnectionDetails {

	/**
	 * Where the members of a client are.
	 * @param client the client's name, as in {@code scales.clients.<name>}
	 * @return a value of {@code scales.clients.<name>.uri}, in place of the configured
	 * one; {@code null} if nothing is known of this client
	 */
	@Nullable String uri(String client);

}
