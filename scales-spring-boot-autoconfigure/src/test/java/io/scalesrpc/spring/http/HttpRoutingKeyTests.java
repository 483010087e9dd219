package io.scalesrpc.spring.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.RoutingKey;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests of Spring's HTTP interfaces that go where their keys belong. */
class HttpRoutingKeyTests {

	private static final int KEYS = 40;

	private final List<UserServer> servers = Stream.generate(UserServer::start).limit(3).toList();

	@AfterEach
	void stopServers() {
		this.servers.forEach(UserServer::close);
	}

	private ApplicationContextRunner application(Class<?> configuration, String... properties) {
		String uri = this.servers.stream()
			.map((server) -> server.uri().substring("tcp://".length()))
			.collect(Collectors.joining(",", "tcp://", ""));
		return this.servers.get(0)
			.application("scales.clients.users.uri=" + uri)
			.withPropertyValues(properties)
			.withUserConfiguration(configuration);
	}

	/**
	 * A server counts what it is asked: three calls in a row have three numbers in a row.
	 */
	@Test
	void callsOfOneKeyGoToOneServerWhateverTheMethod() {
		application(Routed.class, "scales.clients.users.balancer.type=hash",
				"scales.clients.users.balancer.hash-bound=2", "scales.clients.users.balancer.slow-start=0s")
			.run((context) -> {
				RoutedClient users = context.getBean(RoutedClient.class);
				assertThat(context.getBean(ScalesClientRegistry.class).client("users").view().settings().balancer())
					.isEqualTo(BalancerSettings.of(BalancerType.HASH).withHashBound(2).withSlowStart(Duration.ZERO));
				int first = 0;
				for (int key = 0; key < KEYS; key++) {
					int count = Integer.parseInt(users.count(key));
					first += (count == 1) ? 1 : 0;
					CallOptions said = CallOptions.NONE.withRoutingKey(key);
					List<String> others = List.of(users.countLater(String.valueOf(key)).join(),
							String.valueOf(users.path(String.valueOf(key)).block()), said.call(() -> users.count(7)),
							users.said(7, said), String.valueOf(said.call(() -> users.path("7")).block()));
					assertThat(others).containsExactlyElementsOf(
							IntStream.rangeClosed(1, 5).mapToObj((i) -> String.valueOf(count + i)).toList());
				}
				assertThat(first).isEqualTo(3);
			});
	}

	@Test
	void anotherBalancerReadsNone() {
		application(Routed.class, "scales.clients.users.balancer.type=round-robin").run((context) -> {
			RoutedClient users = context.getBean(RoutedClient.class);
			assertThat(IntStream.range(0, 30).map((i) -> Integer.parseInt(users.count(7))).max().orElseThrow())
				.isLessThan(30);
			assertThat(users.path("7").block()).isNotEmpty();
		});
	}

	@Test
	void whatCannotBeAKeyStopsTheStart() {
		application(Unfit.class, "scales.clients.users.balancer.type=hash")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(
						"UnfitClient.count: a routing key of type java.util.List (expected: " + RoutingHash.EXPECTED));
	}

	/** Keys that are a part of the request, and others. */
	@ScalesClient("users")
	interface RoutedClient {

		@GetExchange("/count")
		String count(@RoutingKey int id);

		@GetExchange("/count")
		CompletableFuture<String> countLater(@RoutingKey String id);

		@GetExchange("/count/{id}")
		Mono<String> path(@RoutingKey @PathVariable String id);

		@GetExchange("/count")
		String said(@RoutingKey int id, CallOptions options);

	}

	/** A list has no text of its own. */
	@ScalesClient("users")
	interface UnfitClient {

		@GetExchange("/count")
		int count(@RoutingKey List<String> ids);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = RoutedClient.class)
	static class Routed {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = UnfitClient.class)
	static class Unfit {

	}

}
