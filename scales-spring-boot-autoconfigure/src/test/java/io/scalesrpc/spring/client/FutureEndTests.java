package io.scalesrpc.spring.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.dynamic.annotation.Command;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.http.ScalesHttpAutoConfiguration;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.kafka.ScalesKafkaAutoConfiguration;
import io.scalesrpc.spring.redis.ScalesRedisAutoConfiguration;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.testing.SocketServer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever completes the future of a call ends the call, whatever kind of interface has
 * the method. The server takes connections and never says a word.
 */
class FutureEndTests {

	private static final List<Class<? extends Later>> KINDS = List.of(Mux.class, Framed.class, OverHttp.class,
			Http.class, StagedHttp.class, GuardedHttp.class, Redis.class, Kafka.class);

	@Test
	void cancellingAndTimeoutsOfFuturesOfEveryKindOfInterfaceEndTheirCalls() throws IOException {
		try (SocketServer server = new SocketServer(
				(socket, number) -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
			Contexts.bare()
				.withConfiguration(
						AutoConfigurations.of(ScalesHttpAutoConfiguration.class, ScalesRedisAutoConfiguration.class,
								ScalesKafkaAutoConfiguration.class, ScalesJsonAutoConfiguration.class))
				.withUserConfiguration(Clients.class)
				.withPropertyValues(properties("tcp://127.0.0.1:" + server.port()))
				.run((context) -> KINDS.forEach((kind) -> end(context, kind)));
		}
	}

	private static String[] properties(String uri) {
		Map<String, String> protocols = Map.of("mux", "thriftmux", "framed", "thrift", "over-http", "thrift-http",
				"http", "http", "staged-http", "http", "guarded-http", "http", "redis", "redis", "kafka", "kafka");
		return protocols.entrySet()
			.stream()
			.flatMap((client) -> List
				.of("protocol=" + client.getValue(), "uri=" + uri, "timeout=1m", "connect-timeout=1m", "close-grace=0s")
				.stream()
				.map((setting) -> "scales.clients." + client.getKey() + "." + setting))
			.toArray(String[]::new);
	}

	private static void end(ApplicationContext context, Class<? extends Later> kind) {
		Later client = context.getBean(kind);
		MeterRegistry meters = context.getBean(MeterRegistry.class);
		String name = kind.getAnnotation(ScalesClient.class).value();
		assertThat(client.later("a").toCompletableFuture().cancel(true)).isTrue();
		assertThat(client.later("b").toCompletableFuture().completeExceptionally(new IllegalStateException())).isTrue();
		CompletableFuture<Object> timed = future(client.later("c")).orTimeout(1, TimeUnit.MILLISECONDS);
		assertThat(future(client.later("d")).completeOnTimeout(name, 1, TimeUnit.MILLISECONDS).join()).isEqualTo(name);
		assertThat(timed).failsWithin(20, TimeUnit.SECONDS);
		Await.until(() -> cancelled(meters, name) == 4);
	}

	@SuppressWarnings("unchecked")
	private static CompletableFuture<Object> future(CompletionStage<?> stage) {
		return (CompletableFuture<Object>) stage.toCompletableFuture();
	}

	private static long cancelled(MeterRegistry meters, String client) {
		return meters.find("scales.client.requests")
			.tags("client", client, "kind", "cancelled")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	/** What every kind of interface has. */
	interface Later {

		CompletionStage<?> later(String key);

	}

	@ScalesClient("mux")
	interface Mux extends Later {

		@Override
		default CompletionStage<?> later(String key) {
			return divide(1, 2);
		}

		CompletableFuture<Integer> divide(int a, int b);

	}

	@ScalesClient("framed")
	interface Framed extends Later {

		@Override
		default CompletionStage<?> later(String key) {
			return divide(1, 2);
		}

		CompletableFuture<Integer> divide(int a, int b);

	}

	@ScalesClient("over-http")
	interface OverHttp extends Later {

		@Override
		default CompletionStage<?> later(String key) {
			return divide(1, 2);
		}

		CompletableFuture<Integer> divide(int a, int b);

	}

	@ScalesClient("http")
	interface Http extends Later {

		@Override
		@GetExchange("/{key}")
		CompletableFuture<String> later(@PathVariable String key);

	}

	@ScalesClient("staged-http")
	interface StagedHttp extends Later {

		@Override
		@GetExchange("/{key}")
		CompletionStage<String> later(@PathVariable String key);

	}

	@ScalesClient(value = "guarded-http", fallback = Nobody.class)
	interface GuardedHttp extends Later {

		@Override
		@GetExchange("/{key}")
		CompletableFuture<String> later(@PathVariable String key);

	}

	static final class Nobody implements GuardedHttp {

		@Override
		public CompletableFuture<String> later(String key) {
			return CompletableFuture.completedFuture("nobody");
		}

	}

	@ScalesClient("redis")
	interface Redis extends Later {

		@Override
		@Command("GET ?0")
		CompletableFuture<String> later(String key);

	}

	@ScalesClient("kafka")
	interface Kafka extends Later {

		@Override
		@SendTo("orders")
		CompletableFuture<RecordMetadata> later(String key);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Http.class, StagedHttp.class, GuardedHttp.class, Redis.class, Kafka.class })
	@ImportScalesClients(name = "mux", types = Mux.class, service = Calculator.class)
	@ImportScalesClients(name = "framed", types = Framed.class, service = Calculator.class)
	@ImportScalesClients(name = "over-http", types = OverHttp.class, service = Calculator.class)
	static class Clients {

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
