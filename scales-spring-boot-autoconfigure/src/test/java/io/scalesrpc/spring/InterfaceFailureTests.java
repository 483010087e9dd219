package io.scalesrpc.spring;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.app.AsyncCalculator;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.http.ScalesHttpAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that does not start because an interface and its client do not
 * fit together.
 */
class InterfaceFailureTests {

	private static ApplicationContextRunner users(Class<?> configuration, String... properties) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withUserConfiguration(configuration)
			.withPropertyValues("scales.clients.users.uri=tcp://localhost:9090")
			.withPropertyValues(properties);
	}

	private static FailureAnalysis http(Class<?> configuration, String... properties) {
		return failure(users(configuration, "scales.clients.users.protocol=http").withPropertyValues(properties));
	}

	@Test
	void anInterfaceThatDoesNotFitIsExplained() {
		FailureAnalysis analysis = failure(Contexts.bare()
			.withUserConfiguration(OnlyFreeForm.class)
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:9090"));
		assertThat(analysis.getDescription()).contains(AsyncCalculator.class.getName());
		assertThat(analysis.getAction()).contains("'scales.clients.calculator.service'");
	}

	@Test
	void anUnknownMethodWithATimeoutIsNamed() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.methods.divine.timeout=1s");
		assertThat(analysis.getDescription()).contains("Property: scales.clients.calculator.methods.divine.timeout",
				"Value: \"1s\"", "Reason: methods.divine: no method of the client (expected: one of [");
		assertThat(analysis.getAction())
			.isEqualTo("Correct the name of the method in 'scales.clients.calculator.methods.divine'."
					+ " Did you mean 'divide'?");
	}

	@Test
	void anUnknownMethodWithOtherSettingsIsNamed() {
		FailureAnalysis analysis = http(HttpInterfaceFailureTests.UsersOnly.class,
				"scales.clients.users.methods.find.idempotent=true");
		assertThat(analysis.getDescription())
			.contains("Reason: methods.find: no method of the client (expected: one of [")
			.contains(" user]");
		assertThat(analysis.getAction())
			.startsWith("Correct the name of the method in 'scales.clients.users.methods.find'.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "thrift", "thriftmux", "thrift-http" })
	void anHttpInterfaceOfAClientThatSpeaksSomethingElse(String protocol) {
		FailureAnalysis analysis = failure(
				users(HttpInterfaceFailureTests.UsersOnly.class, "scales.clients.users.protocol=" + protocol));
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'users' could not be made:

				    Property: scales.clients.users.protocol
				    Value: "%s"
				    Origin: "scales.clients.users.protocol" from property source "test"
				    Reason: protocol: %s (expected: http for the interface %s)""".formatted(protocol, protocol,
				HttpInterfaceFailureTests.Users.class.getName()));
		assertThat(analysis.getAction())
			.isEqualTo("Set 'scales.clients.users.protocol' to http, or give the interface a client of its own.");
	}

	@Test
	void anHttpInterfaceWithoutProtocol() {
		FailureAnalysis analysis = failure(users(HttpInterfaceFailureTests.UsersOnly.class));
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'users' could not be made:

				    Reason: protocol: thriftmux, the default (expected: http for the interface %s)"""
			.formatted(HttpInterfaceFailureTests.Users.class.getName()));
	}

	@ParameterizedTest
	@ValueSource(classes = { ThriftOnly.class, FreeThriftOnly.class, UsersAndThrift.class })
	void aThriftInterfaceOfAClientThatSpeaksHttp(Class<?> configuration) {
		FailureAnalysis analysis = http(configuration);
		assertThat(analysis.getDescription()).contains("Property: scales.clients.users.protocol", "Value: \"http\"",
				"Reason: protocol: http (expected: thriftmux or another protocol of Thrift for the interface "
						+ InterfaceFailureTests.class.getName());
		assertThat(analysis.getAction()).isEqualTo("Set 'scales.clients.users.protocol' to thriftmux or another"
				+ " protocol of Thrift, or give the interface a client of its own.");
	}

	@Test
	void anHttpInterfaceWithAServiceOfThrift() {
		FailureAnalysis analysis = http(WithServiceOnly.class);
		assertThat(analysis.getDescription()).contains("Reason: service: " + Calculator.class.getName()
				+ " (expected: none for the interface " + WithService.class.getName());
		assertThat(analysis.getAction()).isEqualTo("Remove 'service' from its @ScalesClient.");
		FailureAnalysis configured = http(HttpInterfaceFailureTests.UsersOnly.class,
				"scales.clients.users.service=" + Calculator.class.getName());
		assertThat(configured.getDescription()).contains("Property: scales.clients.users.service");
		assertThat(configured.getAction()).startsWith("Remove 'scales.clients.users.service', or");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = AsyncCalculator.class)
	static class OnlyFreeForm {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Thrift.class)
	static class ThriftOnly {

	}

	@ScalesClient("users")
	interface Thrift extends Calculator.Iface {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { HttpInterfaceFailureTests.Users.class, FreeThrift.class })
	static class UsersAndThrift {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = FreeThrift.class)
	static class FreeThriftOnly {

	}

	@ScalesClient(value = "users", service = Calculator.class)
	interface FreeThrift {

		int divide(int dividend, int divisor);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = WithService.class)
	static class WithServiceOnly {

	}

	@ScalesClient(value = "users", service = Calculator.class)
	interface WithService extends HttpInterfaceFailureTests.Users {

	}

}
