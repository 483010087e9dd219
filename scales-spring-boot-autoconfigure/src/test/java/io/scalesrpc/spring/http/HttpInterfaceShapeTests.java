package io.scalesrpc.spring.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.http.elsewhere.ElsewhereClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.SourceFile;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Interfaces of Spring in all their shapes, over a real server.
 */
class HttpInterfaceShapeTests {

	private UserServer server;

	@BeforeEach
	void startServer() {
		this.server = UserServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void anAsynchronousMethodLeavesTheOthersAsTheyWouldBeAlone() {
		this.server.application().withUserConfiguration(OnlyMixed.class, Handling.class).run((context) -> {
			Mixed mixed = context.getBean(Mixed.class);
			assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> mixed.status(404));
			assertThat(mixed.statusLater(404)).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(WebClientResponseException.NotFound.class);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> mixed.status(410))
				.withMessage("gone, says the builder");
		});
	}

	@Test
	void aClientHasATextAndIsEqualToItself() {
		this.server.application().withUserConfiguration(OnlyMixed.class).run((context) -> {
			Mixed mixed = context.getBean(Mixed.class);
			assertThat(mixed).hasToString("users (" + Mixed.class.getName() + ")")
				.isEqualTo(mixed)
				.hasSameHashCodeAs(mixed)
				.isNotEqualTo("users");
		});
	}

	@Test
	void methodsOfObjectMayBeDeclared() {
		this.server.application()
			.withUserConfiguration(OnlyDeclaring.class)
			.run((context) -> assertThat(context.getBean(Declaring.class))
				.hasToString("users (" + Declaring.class.getName() + ")"));
	}

	@Test
	void aDefaultMethodOfAnInterfaceThatIsNotPublicIsReached() {
		this.server.application()
			.withUserConfiguration(OnlyHidden.class)
			.run((context) -> assertThat(context.getBean(Hidden.class).nameOf(7)).isEqualTo("user 7"));
	}

	@Test
	void aMethodOfAParentThatIsNotPublicIsCalled() {
		this.server.application()
			.withUserConfiguration(Elsewhere.class)
			.run((context) -> assertThat(context.getBean(ElsewhereClient.class).user(7)).contains("user 7"));
	}

	@Test
	void aRelativePathBeginsAtTheRoot() {
		this.server.application()
			.withUserConfiguration(OnlyRelative.class)
			.run((context) -> assertThat(context.getBean(Relative.class).getUser(7).name()).isEqualTo("user 7"));
	}

	@Test
	void genericParentsAndCovariantOverridesAreResolved() {
		this.server.application().withUserConfiguration(OnlyGeneric.class).run((context) -> {
			assertThat(context.getBean(Generic.class).find(7)).isEqualTo(new User(7, "user 7"));
			Crud<User> parent = context.getBean(Generic.class);
			assertThat(parent.find(8)).isEqualTo(new User(8, "user 8"));
			assertThat(parent.again(8)).isEqualTo(new User(8, "user 8"));
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void parametersWithoutNamesAreFoundBeforeACall() {
		TestCompiler.forSystem().withSources(SourceFile.of("""
				package nameless;

				import org.springframework.web.bind.annotation.*;
				import org.springframework.web.service.annotation.GetExchange;

				public interface Users {
					@GetExchange("/users/{id}")
					String bad(@PathVariable int id);

					@GetExchange("/users/{id}")
					String named(@PathVariable("id") int id, @RequestParam java.util.Map<String, String> all);
				}
				""")).compile((compiled) -> {
			HttpInterface users = new HttpInterface(
					ClassUtils.resolveClassName("nameless.Users", compiled.getClassLoader()));
			assertThat(users.nameless()).containsExactly("bad");
			assertThatExceptionOfType(ScalesConfigurationException.class)
				.isThrownBy(() -> new HttpInterfaceCheck(users, "users").requireNames())
				.withMessageContaining("parameters without names: [bad]");
		});
	}

	@ScalesClient("users")
	interface Mixed {

		@GetExchange("/status/{status}")
		String status(@PathVariable int status);

		@GetExchange("/status/{status}")
		CompletableFuture<String> statusLater(@PathVariable int status);

	}

	@ScalesClient("users")
	interface Declaring {

		@GetExchange("/users/{id}")
		User getUser(@PathVariable int id);

		@Override
		boolean equals(Object other);

		@Override
		int hashCode();

		@Override
		String toString();

	}

	@ScalesClient("users")
	interface Hidden {

		@GetExchange("/users/{id}")
		User getUser(@PathVariable int id);

		default String nameOf(int id) {
			return getUser(id).name();
		}

	}

	@ScalesClient("users")
	interface Relative {

		@GetExchange("users/{id}")
		User getUser(@PathVariable int id);

	}

	interface Crud<T> {

		@GetExchange("/users/{id}")
		T find(@PathVariable int id);

		@GetExchange("/users/{id}")
		Object again(@PathVariable int id);

	}

	@ScalesClient("users")
	interface Generic extends Crud<User> {

		@Override
		@GetExchange("/users/{id}")
		User again(@PathVariable int id);

	}

	@Configuration(proxyBeanMethods = false)
	static class Handling {

		@Bean
		RestClient.Builder builder() {
			return RestClient.builder()
				.defaultStatusHandler((status) -> status.isSameCodeAs(HttpStatusCode.valueOf(410)),
						(request, response) -> {
							throw new IllegalStateException("gone, says the builder");
						});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Mixed.class)
	static class OnlyMixed {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Declaring.class)
	static class OnlyDeclaring {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Hidden.class)
	static class OnlyHidden {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Relative.class)
	static class OnlyRelative {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Generic.class)
	static class OnlyGeneric {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = ElsewhereClient.class)
	static class Elsewhere {

	}

}
