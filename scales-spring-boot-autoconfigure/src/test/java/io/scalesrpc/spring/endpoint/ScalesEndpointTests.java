package io.scalesrpc.spring.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientBuilderCustomizer;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.spring.testing.SilentProvider;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see, over a real server.
 */
class ScalesEndpointTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=scales");

	@Test
	void aClientIsShownWithItsMembersAndTheOriginOfItsSettings() {
		try (CalculatorServer server = CalculatorServer.start()) {
			Contexts.withYaml(this.runner, """
					scales:
					  defaults:
					    timeout: 2s
					  clients:
					    calculator:
					      uri: %s
					      client-id: tests
					      options:
					        max-fragment-bytes: 4096
					      methods:
					        divide:
					          timeout: 1s
					      balancer:
					        type: weighted-round-robin
					""".formatted(server.uri())).run((context) -> {
				context.getBean(CalculatorClient.class).divide(2, 1);
				ScalesEndpoint endpoint = context.getBean(ScalesEndpoint.class);
				ClientDescriptor client = endpoint.client("calculator", true);
				assertThat(endpoint.client("calculator", null).settings()).isNull();
				assertThat(endpoint.overview(true).clients().get("calculator").settings()).isEqualTo(client.settings());
				assertThat(endpoint.overview(null).clients()).containsOnlyKeys("calculator");
				assertThat(endpoint.overview(null).clients().get("calculator").settings()).isNull();
				assertThat(client.state()).isEqualTo("open");
				assertThat(client.pending()).isZero();
				assertThat(client.problems()).isEmpty();
				assertThat(client.lastMinute().calls()).isEqualTo(1);
				assertThat(client.lastMinute().p99Millis()).isPositive();
				MemberDescriptor member = client.members().get(0);
				assertThat(member).isEqualTo(new MemberDescriptor(server.uri().substring("tcp://".length()), null, 1.0,
						"open", 0, true, 1, 1, 1.0, member.latencyMillis(), null, null));
				assertThat(member.latencyMillis()).isBetween(0.001, client.lastMinute().p99Millis());
				assertThat(client.settings())
					.containsEntry("timeout",
							new SettingDescriptor("2000ms", "scales.defaults.timeout",
									"Byte array resource [application.yml] - 3:14"))
					.containsEntry("client-id",
							new SettingDescriptor("tests", "scales.clients.calculator.client-id",
									"Byte array resource [application.yml] - 7:18"))
					.containsEntry("options.max-fragment-bytes",
							new SettingDescriptor("4096", "scales.clients.calculator.options.max-fragment-bytes",
									"Byte array resource [application.yml] - 9:29"))
					.containsEntry("methods.divide.timeout",
							new SettingDescriptor("1000ms", "scales.clients.calculator.methods.divide.timeout",
									"Byte array resource [application.yml] - 12:20"))
					.containsEntry("connect-timeout", new SettingDescriptor("1000ms", null, null))
					.containsEntry("limits.max-pending-calls", new SettingDescriptor("16384", null, null))
					.containsEntry("balancer.type",
							new SettingDescriptor("weighted-round-robin", "scales.clients.calculator.balancer.type",
									"Byte array resource [application.yml] - 14:15"))
					.containsEntry("balancer.slow-start", new SettingDescriptor("10000ms", null, null))
					.doesNotContainKeys("balancer.decay", "balancer.aperture.min-size")
					.containsEntry("member-breaker.backoff-max", new SettingDescriptor("20000ms", null, null))
					.containsEntry("throttling.window", new SettingDescriptor("4000ms", null, null))
					.containsEntry("concurrency-limit.max", new SettingDescriptor("0", null, null))
					.doesNotContainKeys("chaos.nack.percent", "chaos.failure.kind")
					.containsEntry("connect", new SettingDescriptor("lazy", null, null))
					.containsKeys("uri", "protocol", "close-grace", "callbacks");
			});
		}
	}

	@Test
	void defaultsThatTheProtocolDoesNotKnowAreNotInEffect() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.defaults.options.transport=buffered", "scales.defaults.options.max-fragment-bytes=4096",
					"scales.defaults.client-id=shop")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).settings())
				.containsKeys("options.max-fragment-bytes", "client-id")
				.doesNotContainKeys("options.transport", "transport"));
	}

	@Test
	void whatPropertiesDoNotSayOfAMethodHasNoOrigin() {
		this.runner
			.withBean(ScalesClientBuilderCustomizer.class,
					() -> (client, builder) -> builder.methodTimeout("divide", Duration.ofMillis(30)))
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.clients.calculator.timeout=5s")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).settings())
				.containsEntry("methods.divide.timeout", new SettingDescriptor("30ms", null, null)));
	}

	@Test
	void retriesAreShownForTheClientAndForTheMethodsThatSayOtherwise() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.runner.withBean(SimpleMeterRegistry.class, () -> meters)
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.defaults.retry.budget.min-per-second=7",
					"scales.clients.calculator.retry.on=unknown,remote",
					"scales.clients.calculator.methods.divide.idempotent=true",
					"scales.clients.calculator.methods.divide.attempt-timeout=20ms",
					"scales.clients.calculator.methods.divide.retry.max-attempts=2",
					"scales.clients.calculator.methods.ping.retry.enabled=false")
			.run((context) -> {
				Map<String, String> values = new TreeMap<>();
				context.getBean(ScalesEndpoint.class)
					.client("calculator", true)
					.settings()
					.forEach((name, setting) -> values.put(name, setting.value()));
				assertThat(values).containsEntry("retry.max-attempts", "3")
					.containsEntry("retry.on", "connection-lost,remote")
					.containsEntry("retry.backoff.max", "200ms")
					.containsEntry("retry.budget.min-per-second", "7")
					.containsEntry("retry.budget.ttl", "10000ms")
					.containsEntry("idempotent", "false")
					.containsEntry("methods.divide.idempotent", "true")
					.containsEntry("methods.divide.attempt-timeout", "20ms")
					.containsEntry("methods.divide.retry.max-attempts", "2")
					.containsEntry("methods.divide.retry.on", "connection-lost,remote")
					.containsEntry("methods.ping.retry.enabled", "false")
					.doesNotContainKeys("attempt-timeout", "methods.ping.retry.max-attempts",
							"methods.ping.idempotent");
				assertThat(meters.get("scales.client.retry.budget").gauge().value()).isEqualTo(70);
			});
	}

	@Test
	void theRegistryOfAProcessIsShownInPlaceOfItsNumber() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.clients.calculator.balancer.type=deterministic-aperture",
					"scales.clients.calculator.balancer.coordinate.peers=tcp://shop-a:1,shop-b:1",
					"scales.clients.calculator.balancer.coordinate.self=shop-b:1")
			.run((context) -> {
				Map<String, SettingDescriptor> settings = context.getBean(ScalesEndpoint.class)
					.client("calculator", true)
					.settings();
				assertThat(settings).doesNotContainKeys("balancer.coordinate.instance", "balancer.coordinate.total");
				assertThat(settings.get("balancer.coordinate.peers").value()).isEqualTo("tcp://shop-a:1,shop-b:1");
				assertThat(settings.get("balancer.coordinate.self").value()).isEqualTo("shop-b:1");
			});
	}

	@Test
	void theSourceOfItsMembersIsShown() {
		this.runner.withBean(ServerSetProvider.class, SilentProvider::new)
			.withPropertyValues("scales.clients.calculator.uri=silent://here")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).source())
				.isEqualTo(new SourceDescriptor("silent://here", null, "refused", 2, 0)));
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1,localhost:2")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).source())
				.isEqualTo(new SourceDescriptor("tcp://localhost:1,localhost:2", 0L, null, 0, 2)));
	}

	@Test
	void anUnknownClientIsNotFound() {
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("other", true)).isNull());
	}

	@Test
	void itIsThereOnlyWhereItIsExposed() {
		Contexts.application()
			.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context).doesNotHaveBean(ScalesEndpoint.class));
	}

	@Test
	void clientsWorkWithoutTheActuator() {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class));
	}

}
