package io.scalesrpc.spring.endpoint;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All clients as the endpoint shows them. <em>Immutable</em>.
 *
 * @param clients the clients by name
 */
public record ClientsDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

}
