package io.scalesrpc.spring.endpoint;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All clients, and the application's own server, as the endpoint shows them.
 * <em>Immutable</em>.
 *
 * @param clients the clients by name
 * @param server the server; absent if the application serves nothing
 */
public record ClientsDescriptor(Map<String, ClientDescriptor> clients,
		@Nullable ServerDescriptor server) implements OperationResponseBody {

}
