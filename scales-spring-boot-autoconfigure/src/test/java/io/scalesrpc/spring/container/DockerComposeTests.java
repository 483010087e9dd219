package io.scalesrpc.spring.container;

import java.util.List;
import java.util.Map;

import io.scalesrpc.spring.client.ScalesConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Services of Docker Compose, found as Spring Boot finds them; what they say of
 * themselves is made up.
 */
class DockerComposeTests {

	private static final int OFFSET = 30000;

	@Test
	void aServiceIsForTheClientsThatItsLabelNames() {
		ScalesConnectionDetails details = details(Map.of("io.scalesrpc.client", "calculator, prices"), 9090);
		assertThat(details).isNotNull();
		assertThat(details.uri("calculator")).isEqualTo("tcp://192.0.2.7:39090");
		assertThat(details.uri("prices")).isEqualTo("tcp://192.0.2.7:39090");
		assertThat(details.uri("users")).isNull();
	}

	@Test
	void ofSeveralPortsALabelSaysWhich() {
		Map<String, String> labels = Map.of("io.scalesrpc.client", "calculator", "io.scalesrpc.port", "9091");
		assertThat(details(labels, 8080, 9091).uri("calculator")).isEqualTo("tcp://192.0.2.7:39091");
	}

	@Test
	void ofSeveralPortsOneMustBeNamed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> details(Map.of("io.scalesrpc.client", "calculator"), 8080, 9091))
			.withMessage("service: backend: ports [38080, 39091] (expected: one, or the label io.scalesrpc.port with"
					+ " that of the container)");
		assertThatIllegalStateException()
			.isThrownBy(
					() -> details(Map.of("io.scalesrpc.client", "calculator", "io.scalesrpc.port", "rpc"), 8080, 9091))
			.withMessage("service: backend: label io.scalesrpc.port: rpc (expected: a port of the container)");
	}

	@Test
	void aServiceWithoutLabelIsNobodys() {
		assertThat(details(Map.of(), 9090)).isNull();
	}

	private static @Nullable ScalesConnectionDetails details(Map<String, String> labels, int... ports) {
		Map<Class<?>, ConnectionDetails> found = new ConnectionDetailsFactories(
				DockerComposeTests.class.getClassLoader())
			.getConnectionDetails(source(
					new Service(labels, List.of(java.util.Arrays.stream(ports).boxed().toArray(Integer[]::new)))),
					false);
		return (ScalesConnectionDetails) found.get(ScalesConnectionDetails.class);
	}

	private static DockerComposeConnectionSource source(RunningService service) {
		try {
			var constructor = ReflectionUtils.accessibleConstructor(DockerComposeConnectionSource.class,
					RunningService.class, Environment.class);
			return constructor.newInstance(service, new MockEnvironment());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What Docker would tell.
	 *
	 * @param labels its labels
	 * @param containerPorts the ports of the container; on the host they are others
	 */
	private record Service(Map<String, String> labels, List<Integer> containerPorts) implements RunningService {

		@Override
		public String name() {
			return "backend";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of("example.com/calculator:1");
		}

		@Override
		public String host() {
			return "192.0.2.7";
		}

		@Override
		public Map<String, String> env() {
			return Map.of();
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					return OFFSET + containerPort;
				}

				@Override
				public List<Integer> getAll() {
					return Service.this.containerPorts.stream().map(this::get).toList();
				}

				@Override
				public List<Integer> getAll(String protocol) {
					return getAll();
				}

			};
		}

	}

}
