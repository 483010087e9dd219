package io.scalesrpc.spring.client.support;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.settings.ClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * What the application knows of a protocol beyond its name: the settings that are its
 * own, how values are encoded, and where servers are if a client does not say. Found as a
 * bean. Implementations are <em>thread-safe</em>.
 */
public interface ProtocolSupport {

	/**
	 * The protocol.
	 * @return its name
	 */
	String protocol();

	/**
	 * Makes the protocol of one client.
	 * @param client the client's name
	 * @param settings its settings, the defaults included
	 * @return the protocol
	 * @throws IllegalArgumentException if a setting is not right; the text begins with
	 * the name of its property below the client, such as {@code kafka.acks: ...}
	 */
	Protocol create(String client, ClientProperties settings);

	/**
	 * Where the members of a client are that has no {@code uri}: what Spring Boot was
	 * told of the servers.
	 * @param client the client's name
	 * @param settings its settings, the defaults included
	 * @return for example {@code tcp://localhost:6379}; {@code null} if nothing is known
	 * @throws IllegalArgumentException if what is known cannot be used; the text says why
	 */
	default @Nullable String uri(String client, ClientProperties settings) {
		return null;
	}

	/**
	 * Sets what belongs to the members that {@link #uri} names, and what the client does
	 * not set itself, such as TLS.
	 * @param settings the client's settings, the defaults included
	 * @param builder makes the client
	 */
	default void customize(ClientProperties settings, ClientBuilder<?> builder) {
		// nothing
	}

}
