package io.scalesrpc.spring.container;

import io.scalesrpc.spring.testing.CalculatorServer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A container without Docker: a server of this process. <em>Confined to the thread of the
 * test</em>.
 */
final class RunningContainer extends GenericContainer<RunningContainer> {

	private static final String IMAGE = "example.com/calculator:1";

	private final CalculatorServer server;

	RunningContainer(CalculatorServer server) {
		super(DockerImageName.parse(IMAGE));
		this.server = server;
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
	}

	@Override
	public String getDockerImageName() {
		return IMAGE;
	}

	@Override
	public String getHost() {
		return "localhost";
	}

	@Override
	public Integer getFirstMappedPort() {
		return this.server.port();
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
