package io.scalesrpc.spring.client;

import io.scalesrpc.client.ClientBuilder;

/**
 * A bean that changes clients after their properties were applied, in the order of
 * {@link org.springframework.core.annotation.Order @Order}. Asked for every client.
 * Implementations are <em>confined to the thread that makes the client</em>.
 */
@FunctionalInterface
public interface ScalesClientBuilderCustomizer {

	/**
	 * Changes a client that is to be.
	 * @param client the client's name
	 * @param builder its builder, with all properties applied
	 */
	void customize(String client, ClientBuilder<?> builder);

}
