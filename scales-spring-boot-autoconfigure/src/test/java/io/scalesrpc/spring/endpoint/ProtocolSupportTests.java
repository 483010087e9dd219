package io.scalesrpc.spring.endpoint;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.thriftmux.ThriftMuxProtocol;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A protocol that has settings of its own, knows where servers are, and does itself what
 * some settings say.
 */
class ProtocolSupportTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withBean(ProtocolSupport.class, OwnSupport::new)
		.withPropertyValues("management.endpoints.web.exposure.include=scales",
				"scales.clients.calculator.protocol=own");

	@Test
	void aClientNeedsNoUriWhereTheApplicationKnowsTheServers() {
		this.runner.run((context) -> {
			ClientDescriptor client = client(context.getBean(ScalesEndpoint.class));
			assertThat(client.protocol()).isEqualTo("own");
			assertThat(client.uri()).isEqualTo("tcp://known:1");
		});
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://written:2")
			.run((context) -> assertThat(client(context.getBean(ScalesEndpoint.class)).uri())
				.isEqualTo("tcp://written:2"));
	}

	@Test
	void whatHasNoEffectIsNotShownAndWhatIsTheProtocolsOwnIs() {
		this.runner.withPropertyValues("scales.defaults.retry.max-attempts=2")
			.run((context) -> assertThat(client(context.getBean(ScalesEndpoint.class)).settings())
				.containsEntry("own.size", new SettingDescriptor("3", null, null))
				.containsKeys("timeout", "balancer.type")
				.doesNotContainKeys("retry.max-attempts", "retry.budget.ratio", "methods.divide.retry.max-attempts"));
	}

	@Test
	void whatHasNoEffectIsRefusedWhereItIsWritten() {
		refused("scales.clients.calculator.retry.max-attempts", "2", "retry.max-attempts");
		refused("scales.clients.calculator.pool.high", "7", "pool.high");
		refused("scales.clients.calculator.idempotent", "true", "idempotent");
		refused("scales.clients.calculator.methods.divide.retry.max-attempts", "4",
				"methods.divide.retry.max-attempts");
	}

	private void refused(String property, String value, String name) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ScalesConfigurationException.class)
				.hasMessageContaining(
						name + ": " + value + " (expected: none with protocol own: the library does it)"));
	}

	private static ClientDescriptor client(ScalesEndpoint endpoint) {
		return Objects.requireNonNull(endpoint.client("calculator", true));
	}

	/** Knows a server. <em>Immutable</em>. */
	private static final class OwnSupport implements ProtocolSupport {

		@Override
		public String protocol() {
			return "own";
		}

		@Override
		public Protocol create(String client, ClientProperties settings) {
			return new OwnProtocol();
		}

		@Override
		public String uri(String client, ClientProperties settings) {
			return "tcp://known:1";
		}

	}

	/** ThriftMux by another name. <em>Immutable</em>. */
	private static final class OwnProtocol implements Protocol {

		private final Protocol spoken = new ThriftMuxProtocol();

		@Override
		public String name() {
			return "own";
		}

		@Override
		public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
			return this.spoken.bind(clientInterface, service);
		}

		@Override
		public Map<String, String> settings() {
			return Map.of("own.size", "3");
		}

		@Override
		public Map<String, String> inapplicable() {
			String reason = "the library does it";
			return Map.of("retry", reason, "idempotent", reason, "hedging", reason, "pool", reason);
		}

		@Override
		public ConnectionFactory connections(ProtocolEnvironment environment) {
			return this.spoken.connections(environment);
		}

	}

}
