package io.scalesrpc.spring.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.spring.app.AsyncCalculator;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that is at work when the application stops: while the web server waits for
 * it, it may call.
 */
class WebServerShutdownTests {

	@Test
	void aRequestOfSpringMvcCallsWhileTomcatWaitsForIt() throws Exception {
		callsWhileTheServerWaits(WebApplicationType.SERVLET, Blocking.class);
	}

	@Test
	void aRequestOfWebFluxCallsWhileTheServerWaitsForIt() throws Exception {
		callsWhileTheServerWaits(WebApplicationType.REACTIVE, Reactive.class);
	}

	private static void callsWhileTheServerWaits(WebApplicationType type, Class<?> application) throws Exception {
		try (CalculatorServer server = CalculatorServer.start()) {
			CompletableFuture<HttpResponse<String>> answer;
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
				.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
						"server.shutdown=graceful", "spring.cloud.zookeeper.enabled=false",
						"scales.clients.calculator.uri=" + server.uri())
				.run()) {
				answer = HttpClient.newHttpClient()
					.sendAsync(
							HttpRequest
								.newBuilder(URI.create("http://127.0.0.1:"
										+ context.getEnvironment().getRequiredProperty("local.server.port") + "/late"))
								.build(),
							BodyHandlers.ofString());
				assertThat(context.getBean(Stopping.class).working.await(20, TimeUnit.SECONDS)).isTrue();
			}
			assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("42");
		}
	}

	/** Tells when the web server waits for the requests that are at work. */
	static final class Stopping implements SmartLifecycle {

		private final CountDownLatch working = new CountDownLatch(1);

		private final CountDownLatch waiting = new CountDownLatch(1);

		private volatile boolean running;

		/** What a request does before it calls. */
		void await() throws InterruptedException {
			this.working.countDown();
			assertThat(this.waiting.await(20, TimeUnit.SECONDS)).isTrue();
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.waiting.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	@EnableScalesClients(clients = { CalculatorClient.class, AsyncCalculator.class })
	static class Clients {

		@Bean
		Stopping stopping() {
			return new Stopping();
		}

	}

	@RestController
	@Import(Clients.class)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class })
	static class Blocking {

		private final Stopping stopping;

		private final CalculatorClient calculator;

		Blocking(Stopping stopping, CalculatorClient calculator) {
			this.stopping = stopping;
			this.calculator = calculator;
		}

		@GetMapping("/late")
		String late() throws Exception {
			this.stopping.await();
			return "" + this.calculator.divide(84, 2);
		}

	}

	@RestController
	@Import(Clients.class)
	@ImportAutoConfiguration({ TomcatReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
			WebFluxAutoConfiguration.class, CodecsAutoConfiguration.class })
	static class Reactive {

		private final Stopping stopping;

		private final AsyncCalculator calculator;

		Reactive(Stopping stopping, AsyncCalculator calculator) {
			this.stopping = stopping;
			this.calculator = calculator;
		}

		@GetMapping("/late")
		Mono<String> late() {
			return Mono.fromCallable(() -> {
				this.stopping.await();
				return this.calculator;
			})
				.subscribeOn(Schedulers.boundedElastic())
				.flatMap((client) -> Mono.fromFuture(client.divide(84, 2)))
				.map(String::valueOf);
		}

	}

}
