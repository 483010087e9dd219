package io.scalesrpc.spring.http;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code methods.<method>.cache} for HTTP, with a real server that counts.
 */
class HttpKeptResultsTests {

	private UserServer server;

	@BeforeEach
	void startServer() {
		this.server = UserServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application(String method) {
		String cache = "scales.clients.users.methods." + method + ".cache.";
		return this.server.application(cache + "name=answers", cache + "ttl=1m")
			.withUserConfiguration(Counters.class)
			.withBean(CacheManager.class, () -> new CaffeineCacheManager("answers"));
	}

	@Test
	void anAnswerIsKeptForThoseWhoAskForTheSame() {
		application("count").run((context) -> {
			Counter counter = context.getBean(Counter.class);
			String first = counter.count("ann").getBody();
			assertThat(counter.count("ann").getBody()).isEqualTo(first);
			assertThat(counter.count("ann").getHeaders().getFirst("Content-Type")).isEqualTo("text/plain");
			assertThat(counter.later("x").block()).as("a method without cache").isNotEqualTo(first);
		});
	}

	@Test
	void callersWithOtherCredentialsNeverShareAnAnswer() {
		application("count").run((context) -> {
			Counter counter = context.getBean(Counter.class);
			String first = counter.count("ann").getBody();
			assertThat(counter.count("bob").getBody()).isNotEqualTo(first);
			assertThat(counter.count("ann").getBody()).isEqualTo(first);
		});
	}

	@Test
	void aMonoIsAnsweredFromTheCache() {
		application("later").run((context) -> {
			Mono<String> later = context.getBean(Counter.class).later("trace 1");
			String first = later.block();
			assertThat(later.block()).isEqualTo(first);
			assertThat(context.getBean(Counter.class).later("trace 2").block()).isEqualTo(first);
		});
	}

	@Test
	void anAnswerThatIsNotToBeStoredIsNot() {
		application("secret").run((context) -> {
			Counter counter = context.getBean(Counter.class);
			assertThat(counter.secret()).isNotEqualTo(counter.secret());
		});
	}

	@Test
	void aRestClientIsAnsweredByTheNameOfTheVerb() {
		application("get").run((context) -> {
			RestClient rest = RestClient.builder()
				.baseUrl("http://users")
				.requestFactory(
						new ScalesClientHttpRequestFactory(context.getBean(ScalesClientRegistry.class), "users"))
				.build();
			String first = rest.get().uri("/count").retrieve().body(String.class);
			assertThat(rest.get().uri("/count").retrieve().body(String.class)).isEqualTo(first);
			assertThat(rest.get().uri("/count?b").retrieve().body(String.class)).isNotEqualTo(first);
		});
	}

	@Test
	void aWebClientIsAnsweredUnlessItStreams() {
		application("get").run((context) -> {
			ScalesClientHttpConnector streaming = new ScalesClientHttpConnector(
					context.getBean(ScalesClientRegistry.class), "users");
			assertThat(counted(streaming)).isNotEqualTo(counted(streaming));
			ScalesClientHttpConnector whole = streaming.streaming(false);
			assertThat(counted(whole)).isEqualTo(counted(whole));
		});
	}

	private static String counted(ScalesClientHttpConnector connector) {
		return WebClient.builder()
			.clientConnector(connector)
			.build()
			.get()
			.uri("http://users/count")
			.retrieve()
			.bodyToMono(String.class)
			.block();
	}

	@ParameterizedTest
	@ValueSource(strings = { "add", "stream" })
	void aMethodWhoseAnswersCannotBeKeptStopsTheStart(String method) {
		application(method).run((context) -> assertThat(context.getStartupFailure())
			.hasStackTraceContaining("cache: " + method
					+ " (expected: a method with a result, of a protocol that can encode it; of HTTP, GET or HEAD)")
			.hasStackTraceContaining(ScalesConfigurationException.class.getName()));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = Counter.class)
	static class Counters {

	}

	@ScalesClient("users")
	interface Counter {

		@GetExchange("/count")
		ResponseEntity<String> count(@RequestHeader("Authorization") String user);

		@GetExchange("/count")
		Mono<String> later(@RequestHeader("traceparent") String trace);

		@GetExchange("/count/secret")
		String secret();

		@PostExchange("/count")
		String add();

		@GetExchange("/count")
		Flux<String> stream();

	}

}
