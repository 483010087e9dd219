package io.scalesrpc.spring.container;

import java.util.Arrays;
import java.util.List;

import io.scalesrpc.spring.client.ScalesConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Says that the servers of a client are a service of Docker Compose with the label
 * {@code io.scalesrpc.client: calculator}; several names stand with commas between them.
 * A service with several ports says with {@code io.scalesrpc.port} which of the
 * container's it is. <em>Thread-safe</em>.
 */
final class DockerComposeScalesConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<ScalesConnectionDetails> {

	private static final String CLIENT = "io.scalesrpc.client";

	private static final String PORT = "io.scalesrpc.port";

	DockerComposeScalesConnectionDetailsFactory() {
		super((source) -> source.getRunningService().labels().containsKey(CLIENT));
	}

	@Override
	protected ScalesConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new ComposeDetails(source.getRunningService());
	}

	/** Knows one service. <em>Immutable</em>. */
	private static final class ComposeDetails extends DockerComposeConnectionDetails
			implements ScalesConnectionDetails {

		private final List<String> clients;

		private final String uri;

		ComposeDetails(RunningService service) {
			super(service);
			this.clients = Arrays.stream(String.valueOf(service.labels().get(CLIENT)).split(","))
				.map(String::strip)
				.toList();
			this.uri = "tcp://" + service.host() + ":" + port(service);
		}

		private static int port(RunningService service) {
			String named = service.labels().get(PORT);
			if (named != null) {
				try {
					return service.ports().get(Integer.parseInt(named.strip()));
				}
				catch (NumberFormatException ex) {
					throw new IllegalStateException("service: " + service.name() + ": label " + PORT + ": " + named
							+ " (expected: a port of the container)", ex);
				}
			}
			List<Integer> all = service.ports().getAll();
			if (all.size() != 1) {
				throw new IllegalStateException("service: " + service.name() + ": ports " + all
						+ " (expected: one, or the label " + PORT + " with that of the container)");
			}
			return all.get(0);
		}

		@Override
		public @Nullable String uri(String client) {
			return this.clients.contains(client) ? this.uri : null;
		}

	}

}
