package io.scalesrpc.spring.http;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Spring's HTTP interfaces, RestClient and WebClient over Scales clients, to a real
 * server.
 */
class HttpInterfaceTests {

	private UserServer server;

	@BeforeEach
	void startServer() {
		this.server = UserServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application(String... properties) {
		return this.server.application(properties);
	}

	@Test
	void anInterfaceOfSpringIsAClient() {
		application().withUserConfiguration(Users.class).run((context) -> {
			UserClient users = context.getBean(UserClient.class);
			assertThat(users.getUser(7)).isEqualTo(new User(7, "user 7"));
			assertThat(users.nameOf(8)).isEqualTo("user 8");
			ResponseEntity<User> added = users.addUser(new User(9, "\u00e4"));
			assertThat(added.getStatusCode()).isEqualTo(HttpStatus.CREATED);
			assertThat(added.getBody()).isEqualTo(new User(9, "\u00e4"));
			assertThat(users.removeUsers("a b&c")).isEqualTo("DELETE /line?name=a%20b%26c null");
		});
	}

	@Test
	void anErrorIsSpringsToTheCallerAndAFailureToScales() {
		application().withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withUserConfiguration(Users.class)
			.run((context) -> {
				UserClient users = context.getBean(UserClient.class);
				assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> users.status(404));
				assertThatExceptionOfType(HttpServerErrorException.InternalServerError.class)
					.isThrownBy(() -> users.status(500))
					.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("why"));
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get(MeterNames.REQUESTS).tags("method", "status", "kind", "remote").timer().count())
					.isEqualTo(1);
			});
	}

	@Test
	void methodsHaveSettingsByTheirNamesInJava() {
		application("scales.clients.users.methods.slow.timeout=100ms").withUserConfiguration(Users.class)
			.run((context) -> assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> context.getBean(UserClient.class).slow())
				.withMessageContaining("[users] UserClient.slow: no answer within 100 ms"));
		application("scales.clients.users.methods.sloow.timeout=100ms").withUserConfiguration(Users.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("methodTimeout: sloow (expected: one of [addUser"));
	}

	@Test
	void interfacesWithFuturesShareTheClient() {
		application("scales.clients.users.methods.slowLater.timeout=100ms",
				"scales.clients.users.methods.slow.timeout=90ms")
			.withUserConfiguration(AllUsers.class)
			.run((context) -> {
				AsyncUserClient users = context.getBean(AsyncUserClient.class);
				assertThat(users.getUser(1).block()).isEqualTo(new User(1, "user 1"));
				assertThat(users.getUserLater(2).get(5, TimeUnit.SECONDS)).isEqualTo(new User(2, "user 2"));
				assertThat(users.getUserNow(3)).isEqualTo(new User(3, "user 3"));
				assertThat(users.addUser(new User(4, "x")).block().getBody()).isEqualTo(new User(4, "x"));
				assertThat(users.withCookie("abc").block()).isEqualTo("GET /line session=abc");
				assertThat(context.getBean(UserClient.class).getUser(5).id()).isEqualTo(5);
			});
	}

	@Test
	void failuresOfMonosAndFuturesAreThoseOfTheCall() {
		application("scales.clients.users.methods.slowLater.timeout=100ms").withUserConfiguration(AllUsers.class)
			.run((context) -> {
				AsyncUserClient users = context.getBean(AsyncUserClient.class);
				assertThatExceptionOfType(WebClientResponseException.NotFound.class)
					.isThrownBy(() -> users.statusLater(404).block());
				assertThatExceptionOfType(WebClientResponseException.InternalServerError.class)
					.isThrownBy(() -> users.statusLater(500).block());
				CompletableFuture<String> slow = users.slowLater();
				assertThat(slow).failsWithin(5, TimeUnit.SECONDS)
					.withThrowableThat()
					.withCauseInstanceOf(CallTimeoutException.class);
			});
	}

	@Test
	void aRestClientSendsItsRequestsThroughAClientByName() {
		application().run((context) -> {
			ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
			RestClient rest = RestClient.builder()
				.baseUrl("http://users")
				.requestFactory(new ScalesClientHttpRequestFactory(registry, "users"))
				.build();
			assertThat(rest.get().uri("/users/{id}", 7).retrieve().body(User.class).name()).isEqualTo("user 7");
			assertThat(rest.get().uri(URI.create("/line")).retrieve().body(String.class)).isEqualTo("GET /line null");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> rest.get().uri("http://other/users/7").retrieve().body(String.class))
				.withMessageContaining("uri: http://other (expected: http://users");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> rest.get().uri("https://users/users/7").retrieve().body(String.class))
				.withMessageContaining("uri: https://users (expected: http://users, or TLS: ");
		});
	}

	@Test
	void aWebClientSendsItsRequestsThroughAClientByName() {
		application().run((context) -> {
			WebClient web = WebClient.builder()
				.clientConnector(new ScalesClientHttpConnector(context.getBean(ScalesClientRegistry.class), "users"))
				.build();
			assertThat(web.get().uri("http://users/users/7").retrieve().bodyToMono(User.class).block().name())
				.isEqualTo("user 7");
			assertThat(web.get()
				.uri("http://users/users/7")
				.exchangeToMono((response) -> response.releaseBody()
					.thenReturn(response.cookies().getFirst("session").getValue()))
				.block()).isEqualTo("1");
		});
	}

	@Test
	void theReadyClientMayBeAnInterfaceOfTheApplication() {
		application().withUserConfiguration(Ready.class)
			.run((context) -> assertThat(context.getBean(ReadyClient.class).get("/users/7").status()).isEqualTo(200));
	}

	@Test
	void theVersionIsAnOption() {
		application("scales.clients.users.options.version=2", "scales.clients.users.connect-timeout=200ms",
				"scales.clients.users.timeout=1s")
			.withUserConfiguration(Users.class)
			.run((context) -> assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> context.getBean(UserClient.class).getUser(7))
				.withMessageContaining("no HTTP/2 connection"));
	}

	@Test
	void aWrongProtocolFailsAtTheStartWithTheRemedy() {
		application("scales.clients.users.protocol=thriftmux").withUserConfiguration(Users.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ScalesConfigurationException.class)
				.hasMessageContaining(
						"protocol: thriftmux (expected: http for the interface " + UserClient.class.getName()));
		application("scales.clients.users.protocol=thrift").withUserConfiguration(Ready.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("protocol: thrift (expected: http for the interface "));
		application("scales.clients.users.protocol=thrift-http").withUserConfiguration(Users.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ScalesConfigurationException.class)
				.hasMessageContaining(
						"protocol: thrift-http (expected: http for the interface " + UserClient.class.getName()));
		application("scales.clients.users.protocol=thrift-http").withUserConfiguration(Ready.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("protocol: thrift-http (expected: http for the interface "));
		application().withUserConfiguration(Thrift.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(
						"protocol: http (expected: thriftmux or another protocol of Thrift for the interface "));
	}

	@Test
	void withoutWebFluxMethodsWaitAndOthersAreRefused() {
		FilteredClassLoader withoutWebFlux = new FilteredClassLoader(WebClient.class);
		application().withClassLoader(withoutWebFlux)
			.withUserConfiguration(Users.class)
			.run((context) -> assertThat(context.getBean(UserClient.class).getUser(7).id()).isEqualTo(7));
		application().withClassLoader(withoutWebFlux)
			.withUserConfiguration(AllUsers.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring-webflux on the class path"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = UserClient.class)
	static class Users {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = { UserClient.class, AsyncUserClient.class })
	static class AllUsers {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = ReadyClient.class)
	static class Ready {

	}

	@ScalesClient("users")
	interface ReadyClient extends ScalesHttpClient {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Calculator.Iface.class)
	static class Thrift {

	}

}
