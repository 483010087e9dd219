package io.scalesrpc.spring.endpoint;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.PeerText;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The endpoint {@code scales}: all clients and the application's own server, or one
 * client; and the state of circuit breakers, which may be set only where
 * {@code management.endpoint.scales.access} is {@code unrestricted}.
 * <em>Thread-safe</em>.
 */
@Endpoint(id = "scales", defaultAccess = Access.READ_ONLY)
public final class ScalesEndpoint {

	private final ScalesClientRegistry clients;

	private final EffectiveSettings settings;

	private final Supplier<@Nullable ServerDescriptor> server;

	ScalesEndpoint(ScalesClientRegistry clients, EffectiveSettings settings,
			Supplier<@Nullable ServerDescriptor> server) {
		this.clients = clients;
		this.server = server;
		this.settings = settings;
	}

	/**
	 * Every client, and the application's own server.
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients() {
		Map<String, ClientDescriptor> all = new LinkedHashMap<>();
		this.clients.names().forEach((name) -> all.put(name, describe(name)));
		return new ClientsDescriptor(all, this.server.get());
	}

	/**
	 * One client.
	 * @param client its name
	 * @return the client, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable ClientDescriptor client(@Selector String client) {
		return this.clients.names().contains(client) ? describe(client) : null;
	}

	/**
	 * Sets the state of a circuit breaker of a client.
	 * @param security tells who asks
	 * @param client the client's name
	 * @param state closed, open, half-open, forced-open or disabled
	 * @param scope the method whose breaker it is; that of all methods if it is missing
	 * @return the client as it is then
	 * @throws InvalidEndpointRequestException if there is no such client or breaker
	 */
	@WriteOperation
	public ClientDescriptor setCircuitBreaker(SecurityContext security, @Selector String client, CircuitState state,
			@Nullable String scope) {
		try {
			this.clients.client(client)
				.circuitBreakers()
				.set((scope != null) ? scope : CircuitBreakers.ALL, state, name(security.getPrincipal()));
			return describe(client);
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(text, text, ex);
		}
	}

	private static String name(@Nullable Principal principal) {
		return (principal != null) ? PeerText.printable(principal.getName()) : "somebody unknown, through the actuator";
	}

	private ClientDescriptor describe(String name) {
		ClientHandle<?> client = this.clients.made(name);
		if (client == null) {
			return ClientDescriptor.notMade(name, this.clients.settings(name).protocol(), this.clients.problem(name));
		}
		ClientView view = client.view();
		return new ClientDescriptor(view.name(), view.protocol(), view.uri(), SourceDescriptor.of(view),
				MemberDescriptor.text(view.state()), view.pending(),
				this.settings.of(view, client.inapplicable().keySet(), this.clients.settings(name)),
				view.members().stream().map(MemberDescriptor::of).toList(), view.details(),
				view.circuitBreakers().stream().map(CircuitBreakerDescriptor::of).toList(), null);
	}

}
