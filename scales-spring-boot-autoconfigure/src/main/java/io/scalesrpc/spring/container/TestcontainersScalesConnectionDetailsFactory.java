package io.scalesrpc.spring.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.spring.client.ScalesConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Says that the servers of a client are in a container with
 * {@code @ServiceConnection(name = "calculator", type = ScalesConnectionDetails.class)}:
 * at its first exposed port. The name is that of the client. Spring Boot keeps one bean
 * of a type for all containers, so the first answers for those that come after it.
 * <em>Thread-safe</em>.
 */
final class TestcontainersScalesConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, ScalesConnectionDetails> {

	/** Those of one search for containers: each makes factories of its own. */
	private final List<ContainerDetails> found = new CopyOnWriteArrayList<>();

	/** Only for what is meant: any image may be a server, a database is none. */
	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> container,
			Class<?> details) {
		return super.sourceAccepts(source, container, details) && !source.accepts("", container, AnyDetails.class);
	}

	@Override
	protected ScalesConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		ContainerDetails details = new ContainerDetails(source, this.found);
		this.found.add(details);
		return details;
	}

	/** What nobody names as the type, so that who accepts it has named none. */
	private interface AnyDetails extends ConnectionDetails {

	}

	/** Knows the address once the container runs. <em>Thread-safe</em>. */
	private static final class ContainerDetails extends ContainerConnectionDetails<Container<?>>
			implements ScalesConnectionDetails {

		private final ContainerConnectionSource<Container<?>> source;

		private final List<ContainerDetails> all;

		ContainerDetails(ContainerConnectionSource<Container<?>> source, List<ContainerDetails> all) {
			super(source);
			this.source = source;
			this.all = all;
		}

		@Override
		public @Nullable String uri(String client) {
			for (ContainerDetails details : this.all) {
				if (details.source.accepts(client, Container.class, ScalesConnectionDetails.class)) {
					return details.address();
				}
			}
			return null;
		}

		private String address() {
			try {
				// Those that are no beans have nobody else who starts them.
				afterPropertiesSet();
			}
			catch (Exception ex) {
				throw new IllegalStateException("container: " + this.source + " is not there", ex);
			}
			Container<?> container = getContainer();
			return "tcp://" + container.getHost() + ":" + container.getFirstMappedPort();
		}

	}

}
