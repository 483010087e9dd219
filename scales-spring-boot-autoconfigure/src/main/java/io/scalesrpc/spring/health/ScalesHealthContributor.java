package io.scalesrpc.spring.health;

import java.util.stream.Stream;

import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.settings.HealthProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/**
 * The health of all clients, one indicator each, those made later included.
 * <em>Thread-safe</em>.
 */
final class ScalesHealthContributor implements CompositeHealthContributor {

	private final ScalesClientRegistry clients;

	private final HealthProperties properties;

	ScalesHealthContributor(ScalesClientRegistry clients, HealthProperties properties) {
		this.clients = clients;
		this.properties = properties;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.clients.names().contains(name) ? indicator(name) : null;
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.clients.names().stream().map((name) -> new HealthContributors.Entry(name, indicator(name)));
	}

	private HealthContributor indicator(String name) {
		return new ClientHealthIndicator(name, this.clients, this.properties);
	}

}
