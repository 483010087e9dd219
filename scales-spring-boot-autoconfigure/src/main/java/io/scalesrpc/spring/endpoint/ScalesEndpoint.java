package io.scalesrpc.spring.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.client.ClientView;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The endpoint {@code scales}: all clients, or one. <em>Thread-safe</em>.
 */
@Endpoint(id = "scales")
public final class ScalesEndpoint {

	private final ScalesClientRegistry clients;

	private final EffectiveSettings settings;

	ScalesEndpoint(ScalesClientRegistry clients, EffectiveSettings settings) {
		this.clients = clients;
		this.settings = settings;
	}

	/**
	 * Every client.
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients() {
		Map<String, ClientDescriptor> all = new LinkedHashMap<>();
		this.clients.names().forEach((name) -> all.put(name, describe(name)));
		return new ClientsDescriptor(all);
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

	private ClientDescriptor describe(String name) {
		ClientView view = this.clients.client(name).view();
		return new ClientDescriptor(view.name(), view.protocol(), view.uri(), SourceDescriptor.of(view),
				MemberDescriptor.text(view.state()), view.pending(),
				this.settings.of(view, this.clients.settings(name)),
				view.members().stream().map(MemberDescriptor::of).toList());
	}

}
