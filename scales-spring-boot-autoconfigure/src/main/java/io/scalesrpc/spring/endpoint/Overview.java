package io.scalesrpc.spring.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What is wrong now, all clients, and the application's own server, as the endpoint shows
 * them. <em>Immutable</em>.
 *
 * @param time when it was looked
 * @param problems what is wrong, the worst first; empty if nothing is
 * @param clients the clients by name
 * @param server the server; absent if the application serves nothing
 * @param transport what moves the bytes of connections: io_uring, epoll, kqueue or nio
 */
public record Overview(Instant time, List<ProblemDescriptor> problems, Map<String, ClientOverview> clients,
		@Nullable ServerDescriptor server, String transport) implements OperationResponseBody {

}
