package io.scalesrpc.spring.health;

import io.scalesrpc.server.ServerStats;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.server.ScalesServer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of the application's own server: up while it listens, unknown while it does
 * but is missing in the registry it is to be announced in, which a restart would not
 * mend. Asks nobody. <em>Thread-safe</em>.
 */
final class ServerHealthIndicator implements HealthIndicator {

	private final ScalesServer server;

	ServerHealthIndicator(ScalesServer server) {
		this.server = server;
	}

	@Override
	public Health health() {
		if (!this.server.isRunning()) {
			return Health.outOfService().withDetail("state", "not listening").build();
		}
		ThriftMuxServer listening = this.server.server();
		ServerStats stats = listening.stats();
		String problem = listening.announcementProblem();
		Health.Builder health = (problem == null) ? Health.up() : Health.unknown().withDetail("announcement", problem);
		return health.withDetail("port", listening.port())
			.withDetail("connections", stats.connections())
			.withDetail("active", stats.active())
			.build();
	}

}
