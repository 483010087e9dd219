package io.scalesrpc.spring.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What callers say of single calls of Spring's HTTP interfaces. */
class HttpCallOptionsTests {

	private static final CallOptions QUICK = CallOptions.timeout(Duration.ofMillis(100));

	private static final CallOptions COOKIE = CallOptions.NONE.withHeader("Cookie", "session=abc");

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
	void methodsOfEveryKindTakeThem() {
		this.server.application().withUserConfiguration(Choosy.class).run((context) -> {
			ChoosyClient users = context.getBean(ChoosyClient.class);
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> users.slow(QUICK))
				.withMessageContaining("ChoosyClient.slow: no answer within 100 ms");
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> users.slowLater(QUICK).join())
				.withCauseInstanceOf(CallTimeoutException.class);
			assertThat(users.line(COOKIE)).isEqualTo("GET /line session=abc");
			assertThat(users.lineLater("7", COOKIE).block()).isEqualTo("GET /line/7 session=abc");
			assertThat(users.line(null)).isEqualTo("GET /line null");
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> users.line(CallOptions.NONE.withClientId("shop")))
				.withMessageContaining("client-id: shop (expected: none in the options of a call; HTTP has no name");
		});
	}

	@Test
	void whatIsAroundHoldsToo() {
		this.server.application().withUserConfiguration(Choosy.class).run((context) -> {
			ChoosyClient users = context.getBean(ChoosyClient.class);
			assertThat(COOKIE.call(users::plain)).isEqualTo("GET /line session=abc");
			Mono<String> later = COOKIE.call(users::plainLater);
			assertThat(later.subscribeOn(Schedulers.boundedElastic()).block()).isEqualTo("GET /line session=abc");
			RestClient rest = RestClient.builder()
				.requestFactory(
						new ScalesClientHttpRequestFactory(context.getBean(ScalesClientRegistry.class).client("users")))
				.build();
			assertThat(COOKIE.call(() -> rest.get().uri("/line").retrieve().body(String.class)))
				.isEqualTo("GET /line session=abc");
		});
	}

	/** Methods that take options of the call, and others. */
	@ScalesClient("users")
	interface ChoosyClient {

		@GetExchange("/slow")
		String slow(CallOptions options);

		@GetExchange("/slow")
		CompletableFuture<String> slowLater(CallOptions options);

		@GetExchange("/line")
		String line(CallOptions options);

		@GetExchange("/line/{id}")
		Mono<String> lineLater(@PathVariable String id, CallOptions options);

		@GetExchange("/line")
		String plain();

		@GetExchange("/line")
		Mono<String> plainLater();

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = ChoosyClient.class)
	static class Choosy {

	}

}
