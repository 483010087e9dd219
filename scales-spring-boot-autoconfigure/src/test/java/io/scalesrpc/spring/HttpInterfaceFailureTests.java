package io.scalesrpc.spring;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.http.ScalesHttpAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that does not start because an interface with
 * {@code @HttpExchange} could not be called as it is written.
 */
class HttpInterfaceFailureTests {

	private static ApplicationContextRunner users(Class<?> configuration, String... properties) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withUserConfiguration(configuration)
			.withPropertyValues("scales.clients.users.uri=tcp://localhost:9090", "scales.clients.users.protocol=http")
			.withPropertyValues(properties);
	}

	private static FailureAnalysis http(Class<?> configuration, String... properties) {
		return failure(users(configuration, properties));
	}

	@Test
	void anHttpInterfaceWithMethodsThatAreNoRequests() {
		FailureAnalysis analysis = http(MixedOnly.class);
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'users' could not be made:

				    Reason: the interface %s: methods without @HttpExchange: [forget, rename] \
				(expected: none beside those that have it)""".formatted(Mixed.class.getName()));
		assertThat(analysis.getAction()).isEqualTo("Give them @GetExchange, @PostExchange or another @HttpExchange"
				+ " annotation, make them default methods, or move them to an interface of their own.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://elsewhere/users    | http://elsewhere
			http://users:8080/users   | http://users:8080
			ftp://users/users         | ftp://users
			http://{host}/users       | http://{host}
			""")
	void anHttpInterfaceThatNamesAnotherServer(String url, String server) {
		FailureAnalysis analysis = http(ElsewhereOnly.class, "elsewhere=" + url);
		assertThat(analysis.getDescription())
			.contains("Reason: the interface " + Elsewhere.class.getName() + ": user: ", server);
		assertThat(analysis.getAction())
			.isEqualTo("Write a path alone; the servers are those of 'scales.clients.users.uri'.");
	}

	@Test
	void anHttpInterfaceThatNamesAnotherServerAsAWhole() {
		assertThat(http(AllElsewhereOnly.class).getDescription()).contains("Reason: the interface "
				+ AllElsewhere.class.getName() + ": uri: http://elsewhere (expected: http://users");
	}

	@Test
	void anHttpInterfaceMayNameItsClient() {
		users(ElsewhereOnly.class, "elsewhere=http://users/users").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void settingsOfMethodsThatHaveOneName() {
		FailureAnalysis analysis = http(OverloadedOnly.class, "scales.clients.users.methods.find.timeout=1s");
		assertThat(analysis.getDescription()).contains("Reason: methods.find: 2 methods of the interface "
				+ Overloaded.class.getName() + " have that name (expected: a name that is one method's)");
		assertThat(analysis.getAction()).isEqualTo("Rename methods of the interface, so that each can have settings of"
				+ " its own, or remove 'scales.clients.users.methods.find'.");
		users(OverloadedOnly.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void methodsThatDoNotWaitWithoutWebFlux() {
		FailureAnalysis analysis = failure(
				users(LaterOnly.class).withClassLoader(new FilteredClassLoader(WebClient.class)));
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'users' could not be made:

				    Reason: the interface %s: methods that do not wait: [user, users] \
				(expected: spring-webflux on the class path for futures, Mono and Flux)"""
			.formatted(Later.class.getName()));
		assertThat(analysis.getAction()).isEqualTo("Add spring-webflux, for example with spring-boot-starter-webclient,"
				+ " or let the methods return their results themselves.");
	}

	@Test
	void anHttpInterfaceWithoutSpringWeb() {
		FailureAnalysis analysis = failure(
				users(UsersOnly.class).withClassLoader(new FilteredClassLoader(RestClient.class)));
		assertThat(analysis.getDescription()).contains("Reason: " + Users.class.getName() + ".user: no method of HTTP",
				"interfaces with @HttpExchange need Spring and spring-web on the class path");
		assertThat(analysis.getAction()).isEqualTo("Give the methods of " + Users.class.getName()
				+ " @GetExchange or another @HttpExchange annotation, with spring-web on the class path, for example by"
				+ " spring-boot-starter-restclient; or let it extend ScalesHttpClient.");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Users.class)
	static class UsersOnly {

	}

	@ScalesClient("users")
	interface Users {

		@GetExchange("/users/{id}")
		String user(@PathVariable int id);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Mixed.class)
	static class MixedOnly {

	}

	@ScalesClient("users")
	interface Mixed extends Users {

		void forget(int id);

		void rename(int id, String name);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Elsewhere.class)
	static class ElsewhereOnly {

	}

	@ScalesClient("users")
	interface Elsewhere {

		@GetExchange("${elsewhere}")
		String user();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = AllElsewhere.class)
	static class AllElsewhereOnly {

	}

	@ScalesClient("users")
	@HttpExchange("http://elsewhere/users")
	interface AllElsewhere {

		@GetExchange("/{id}")
		String user(@PathVariable int id);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Overloaded.class)
	static class OverloadedOnly {

	}

	@ScalesClient("users")
	interface Overloaded {

		@GetExchange("/users/{id}")
		String find(@PathVariable int id);

		@GetExchange("/users/named/{name}")
		String find(@PathVariable String name);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Later.class)
	static class LaterOnly {

	}

	@ScalesClient("users")
	interface Later {

		@GetExchange("/users/{id}")
		Mono<String> user(@PathVariable int id);

		@GetExchange("/users")
		Flux<String> users();

	}

}
