package io.scalesrpc.spring.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.spring.client.ImportScalesClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fallbacks of Spring's HTTP interfaces, with a real server.
 */
class HttpFallbackTests {

	private UserServer server;

	@BeforeEach
	void startServer() {
		this.server = UserServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application(Class<?> configuration) {
		return this.server.application().withUserConfiguration(configuration);
	}

	@Test
	void anAnswerThatIsAFailureToScalesIsReplacedAndOthersAreSprings() {
		application(Blocking.class).run((context) -> {
			Names names = context.getBean(Names.class);
			assertThat(names.status(200)).isEqualTo("why");
			assertThat(names.status(500)).isEqualTo("nobody 500");
			assertThat(names.entity(503).getBody()).isEqualTo("nobody 503");
			assertThat(names.twice(500)).isEqualTo("nobody 500nobody 500");
			assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> names.status(404));
		});
	}

	@Test
	void aServerThatIsGoneIsReplaced() {
		application(Blocking.class).withPropertyValues("scales.defaults.timeout=500ms").run((context) -> {
			this.server.close();
			assertThat(context.getBean(Names.class).status(200)).isEqualTo("nobody 200");
		});
	}

	@Test
	void kindsThatWereNotAskedForStaySprings() {
		application(Picking.class).run((context) -> assertThatExceptionOfType(HttpServerErrorException.class)
			.isThrownBy(() -> context.getBean(Picky.class).status(500)));
	}

	@Test
	void aFactoryReadsTheAnswer() {
		application(Telling.class)
			.run((context) -> assertThat(context.getBean(Told.class).status(500)).isEqualTo("500: why"));
	}

	@Test
	void everyStyleIsReplaced() {
		application(Asynchronous.class).run((context) -> {
			Later later = context.getBean(Later.class);
			assertThat(later.mono(200).block()).isEqualTo("why");
			assertThat(later.mono(500).block()).isEqualTo("nobody");
			assertThat(later.flux(500).collectList().block()).containsExactly("nobody", "at all");
			assertThat(later.future(500)).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo("nobody");
			assertThat(later.now(500)).isEqualTo("nobody");
			assertThatExceptionOfType(WebClientResponseException.NotFound.class)
				.isThrownBy(() -> later.mono(404).block());
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Names.class)
	static class Blocking {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Picky.class)
	static class Picking {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Told.class)
	static class Telling {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Later.class)
	static class Asynchronous {

	}

	@ScalesClient(value = "users", fallback = Nobody.class)
	interface Names {

		@GetExchange("/status/{status}")
		String status(@PathVariable int status);

		@GetExchange("/status/{status}")
		ResponseEntity<String> entity(@PathVariable int status);

		default String twice(int status) {
			return status(status) + status(status);
		}

	}

	static class Nobody implements Names {

		@Override
		public String status(int status) {
			return "nobody " + status;
		}

		@Override
		public ResponseEntity<String> entity(int status) {
			return ResponseEntity.ok(status(status));
		}

	}

	@ScalesClient(value = "users", fallback = PickyNobody.class, fallbackOn = FailureKind.TIMEOUT)
	interface Picky {

		@GetExchange("/status/{status}")
		String status(@PathVariable int status);

	}

	static class PickyNobody implements Picky {

		@Override
		public String status(int status) {
			return "nobody";
		}

	}

	@ScalesClient(value = "users", fallbackFactory = Teller.class)
	interface Told {

		@GetExchange("/status/{status}")
		String status(@PathVariable int status);

	}

	static class Teller implements FallbackFactory<Told> {

		@Override
		public Told create(ScalesException cause) {
			return (status) -> (cause.getCause() instanceof HttpStatusException ex)
					? ex.response().status() + ": " + ex.response().text() : "no answer";
		}

	}

	@ScalesClient(value = "users", fallback = LaterNobody.class)
	interface Later {

		@GetExchange("/status/{status}")
		Mono<String> mono(@PathVariable int status);

		@GetExchange("/status/{status}")
		Flux<String> flux(@PathVariable int status);

		@GetExchange("/status/{status}")
		CompletableFuture<String> future(@PathVariable int status);

		@GetExchange("/status/{status}")
		String now(@PathVariable int status);

	}

	static class LaterNobody implements Later {

		@Override
		public Mono<String> mono(int status) {
			return Mono.just("nobody");
		}

		@Override
		public Flux<String> flux(int status) {
			return Flux.just("nobody", "at all");
		}

		@Override
		public CompletableFuture<String> future(int status) {
			return CompletableFuture.completedFuture("nobody");
		}

		@Override
		public String now(int status) {
			return "nobody";
		}

	}

}
