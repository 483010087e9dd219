package io.scalesrpc.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether Dockerfile, compose file and manifests of Kubernetes fit each other and the
 * application's settings; {@code DemoTests} asks the paths that they name.
 */
class ContainersTests {

	private static final String NAME = "app.kubernetes.io/name";

	private static final List<String> ROLES = List.of("pricing", "shop");

	private final JsonNode fleet = documents(Path.of("src/main/resources/application-fleet.yml")).get(0);

	/** Those that containers are asked for, by whatever asks. */
	static List<String> paths() throws Exception {
		List<String> paths = new ArrayList<>();
		for (JsonNode manifest : manifests()) {
			manifest.findValuesAsString("path").stream().distinct().forEach(paths::add);
		}
		String check = Files.readString(Path.of("Dockerfile"));
		paths.add(check.replaceAll("(?s).*http://localhost:8080(/\\S+).*", "$1"));
		return paths;
	}

	private static List<JsonNode> manifests() throws Exception {
		try (Stream<Path> files = Files.list(Path.of("kubernetes"))) {
			return files.flatMap((file) -> documents(file).stream()).toList();
		}
	}

	private static List<JsonNode> documents(Path file) {
		try {
			return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false)
				.map(ContainersTests::tree)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode tree(Object document) {
		return JsonMapper.shared().valueToTree(document);
	}

	private static JsonNode manifest(String kind, String name) throws Exception {
		return manifests().stream()
			.filter((manifest) -> manifest.path("kind").asString().equals(kind)
					&& manifest.at("/metadata/name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode container(String role) throws Exception {
		return manifest("Deployment", role).at("/spec/template/spec/containers/0");
	}

	private static Map<String, Integer> ports(JsonNode ports, String name, String value) {
		return ports.valueStream()
			.collect(Collectors.toMap((port) -> port.get(name).asString(), (port) -> port.get(value).asInt()));
	}

	@Test
	void everySelectorFindsThePodsOfItsRole() throws Exception {
		for (String role : ROLES) {
			JsonNode deployment = manifest("Deployment", role);
			assertThat(deployment.at("/spec/template/metadata/labels").get(NAME).asString()).isEqualTo(role);
			assertThat(deployment.at("/spec/selector/matchLabels").get(NAME).asString()).isEqualTo(role);
			assertThat(manifest("Service", role).at("/spec/selector").get(NAME).asString()).isEqualTo(role);
			assertThat(manifest("PodDisruptionBudget", role).at("/spec/selector/matchLabels").get(NAME).asString())
				.isEqualTo(role);
			JsonNode target = manifest("HorizontalPodAutoscaler", role).at("/spec/scaleTargetRef");
			assertThat(target.get("kind").asString() + " " + target.get("name").asString())
				.isEqualTo("Deployment " + role);
		}
		JsonNode monitored = manifest("ServiceMonitor", "scales-demo");
		for (String role : ROLES) {
			JsonNode service = manifest("Service", role);
			JsonNode wanted = monitored.at("/spec/selector/matchLabels");
			for (String label : wanted.propertyNames()) {
				assertThat(service.at("/metadata/labels").get(label)).isEqualTo(wanted.get(label));
			}
			assertThat(ports(service.at("/spec/ports"), "name", "port"))
				.containsKey(monitored.at("/spec/endpoints/0/port").asString());
		}
	}

	@Test
	void portsAreThoseOfTheApplication() throws Exception {
		int thrift = this.fleet.at("/scales/server/port").asInt();
		assertThat(ports(container("pricing").get("ports"), "name", "containerPort"))
			.isEqualTo(Map.of("thriftmux", thrift, "http", 8080));
		assertThat(ports(container("shop").get("ports"), "name", "containerPort")).isEqualTo(Map.of("http", 8080));
		for (String role : ROLES) {
			for (JsonNode port : manifest("Service", role).at("/spec/ports")) {
				assertThat(ports(container(role).get("ports"), "name", "containerPort"))
					.containsKey(port.get("targetPort").asString());
			}
		}
		JsonNode service = manifest("Service", "pricing");
		assertThat(service.at("/spec/clusterIP").asString()).isEqualTo("None");
		int port = ports(service.at("/spec/ports"), "name", "port").get("thriftmux");
		assertThat(Files.readString(Path.of("src/main/resources/application-kubernetes.yml")))
			.contains("dns://pricing:" + port + "\n");
		assertThat(Files.readString(Path.of("Dockerfile"))).contains("EXPOSE 8080 " + thrift + "\n");
	}

	@Test
	void whoIsStoppedHasTimeForAllThatScalesDoes() throws Exception {
		int drain = Integer.parseInt(this.fleet.at("/scales/server/drain-grace").asString().replace("s", ""));
		int closing = 10;
		for (String role : ROLES) {
			JsonNode pod = manifest("Deployment", role).at("/spec/template/spec");
			int before = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
			assertThat(before).isPositive();
			assertThat(pod.get("terminationGracePeriodSeconds").asInt())
				.isGreaterThan(before + (role.equals("shop") ? 30 : drain) + closing);
		}
		JsonNode compose = documents(Path.of("compose.yaml")).get(0);
		String grace = compose.at("/services/pricing/stop_grace_period").asString();
		assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(1 + drain + closing);
	}

	@Test
	void nobodyIsRoot() throws Exception {
		String image = Files.readString(Path.of("Dockerfile"));
		for (String role : ROLES) {
			JsonNode pod = manifest("Deployment", role).at("/spec/template/spec");
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
			assertThat(image).contains("USER " + pod.at("/securityContext/runAsUser").asInt() + ":");
			assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
			assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asString()).isEqualTo("/tmp");
		}
	}

	@Test
	void everyProfileIsThere() throws Exception {
		List<String> profiles = new ArrayList<>();
		for (String role : ROLES) {
			profiles.addAll(List.of(container(role).at("/env/0/value").asString().split(",")));
		}
		JsonNode services = documents(Path.of("compose.yaml")).get(0).get("services");
		for (JsonNode service : services) {
			profiles.addAll(service.path("environment").findValuesAsString("SPRING_PROFILES_ACTIVE"));
			String zooKeeper = service.at("/environment/DEMO_ZOOKEEPER").asString("zookeeper:2181");
			assertThat(services.has(zooKeeper.substring(0, zooKeeper.indexOf(':')))).isTrue();
			service.path("depends_on").propertyNames().forEach((name) -> assertThat(services.has(name)).isTrue());
		}
		assertThat(profiles).contains("fleet", "shop", "kubernetes");
		for (String profile : profiles) {
			assertThat(Path.of("src/main/resources/application-" + profile + ".yml")).exists();
		}
	}

}
