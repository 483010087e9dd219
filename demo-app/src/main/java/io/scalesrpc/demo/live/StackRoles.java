package io.scalesrpc.demo.live;

import java.util.List;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.Role;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.spring.client.ScalesClientBuilderCustomizer;

import org.springframework.stereotype.Component;

/**
 * Learns which stages the client of the shop has, when it is made. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class StackRoles implements ScalesClientBuilderCustomizer {

	private volatile List<String> roles = List.of();

	@Override
	public void customize(String client, ClientBuilder<?> builder) {
		if (client.equals("pricing")) {
			builder.stack((stack) -> this.roles = stack.roles().stream().map(Role::name).toList());
		}
	}

	/** From top to bottom; none before the client is made. */
	List<String> roles() {
		return this.roles;
	}

}
