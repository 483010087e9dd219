package io.scalesrpc.spring.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Bodies that Spring reads as they come, and multipart ones that it sends. */
class HttpStreamingTests {

	private static final User USER = new User(7, "user 7");

	private static final String LINE = "{\"id\":7,\"name\":\"user 7\"}\n";

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
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withPropertyValues("scales.clients.users.uri=" + this.server.uri(), "scales.clients.users.protocol=http",
					"scales.clients.users.close-grace=0s", "scales.clients.users.connect-timeout=5s")
			.withPropertyValues(properties);
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

	@Test
	void anInputStreamOfAnInterfaceIsReadAsItComes() {
		application().withUserConfiguration(Streams.class).run((context) -> {
			StreamClient users = context.getBean(StreamClient.class);
			try (InputStream body = users.bytes("endless")) {
				assertThat(new String(body.readNBytes(LINE.length()), StandardCharsets.UTF_8)).isEqualTo(LINE);
			}
			await(() -> this.server.cut() == 1);
			ResponseEntity<InputStream> entity = users.entity("short");
			assertThat(entity.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_NDJSON);
			try (InputStream body = entity.getBody()) {
				assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(LINE.repeat(3));
			}
			assertThat(users.whole("short")).isEqualTo(LINE.repeat(3));
			assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> users.status(404))
				.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("why"));
			assertThatExceptionOfType(HttpServerErrorException.InternalServerError.class)
				.isThrownBy(() -> users.status(500))
				.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("why"));
		});
	}

	@Test
	void theTimeoutCoversAWholeAnswerAndTheHeadOfAStream() {
		application("scales.clients.users.timeout=300ms", "scales.clients.users.options.body-idle-timeout=500ms")
			.withUserConfiguration(Streams.class)
			.run((context) -> {
				StreamClient users = context.getBean(StreamClient.class);
				assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> users.whole("halting"));
				InputStream body = users.bytes("halting");
				assertThat(body.readNBytes(3 * LINE.length())).hasSize(3 * LINE.length());
				assertThatExceptionOfType(IOException.class).isThrownBy(body::read)
					.withMessage("no more of the body came within 500 ms");
			});
	}

	@Test
	void aFluxOfAnInterfaceIsReadAsItComes() {
		application().withUserConfiguration(Fluxes.class).run((context) -> {
			FluxClient users = context.getBean(FluxClient.class);
			assertThat(users.users("short").collectList().block()).isEqualTo(Collections.nCopies(3, USER));
			assertThat(users.users("endless").take(50).collectList().block()).hasSize(50).containsOnly(USER);
			await(() -> this.server.cut() == 1);
			assertThat(users.later("endless").flatMapMany(ResponseEntity::getBody).take(2).collectList().block())
				.containsExactly(USER, USER);
			assertThat(users.entity("endless").getBody().take(2).collectList().block()).containsExactly(USER, USER);
			await(() -> this.server.cut() == 3);
			List<ServerSentEvent<String>> events = users.events("endless").take(2).collectList().block();
			assertThat(events).extracting(ServerSentEvent::data).containsExactly("hello", "hello");
			assertThat(events).extracting(ServerSentEvent::id).containsOnly("7");
			await(() -> this.server.cut() == 4);
			assertThat(users.whole("short").block()).isEqualTo(LINE.repeat(3));
			assertThatExceptionOfType(WebClientResponseException.NotFound.class)
				.isThrownBy(() -> users.status(404).blockLast())
				.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("why"));
			assertThatExceptionOfType(WebClientResponseException.InternalServerError.class)
				.isThrownBy(() -> users.status(500).blockLast());
		});
	}

	@Test
	void theServerSendsNoFasterThanAFluxIsRead() {
		application().withUserConfiguration(Fluxes.class).run((context) -> {
			OneByOne reader = new OneByOne();
			context.getBean(FluxClient.class).buffers("endless").subscribe(reader);
			long seen = -1;
			while (seen != this.server.streamed()) {
				seen = this.server.streamed();
				LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
			}
			assertThat(seen).isBetween(1L, 24L * 1024 * 1024);
			reader.cancel();
			await(() -> this.server.cut() == 1);
		});
	}

	/** Asks for one part and no more. <em>Thread-safe</em>. */
	private static final class OneByOne extends BaseSubscriber<DataBuffer> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

	}

	@Test
	void aWebClientStreamsUnlessItIsToldNotTo() {
		application("scales.clients.users.timeout=500ms").run((context) -> {
			ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
			ScalesClientHttpConnector connector = new ScalesClientHttpConnector(registry, "users");
			WebClient web = WebClient.builder().baseUrl("http://users").clientConnector(connector).build();
			assertThat(web.get()
				.uri("/stream/halting?json")
				.retrieve()
				.bodyToFlux(User.class)
				.take(3)
				.collectList()
				.block()).hasSize(3);
			assertThat(web.get().uri("/users/7").retrieve().bodyToMono(User.class).block()).isEqualTo(USER);
			assertThat(web.get()
				.uri("/stream/endless?json")
				.retrieve()
				.toBodilessEntity()
				.timeout(Duration.ofSeconds(1))
				.onErrorComplete()
				.blockOptional()).isEmpty();
			await(() -> this.server.cut() == 1);
			WebClient whole = web.mutate().clientConnector(connector.streaming(false)).build();
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(
						() -> whole.get().uri("/stream/halting?json").retrieve().bodyToFlux(User.class).blockFirst())
				.withRootCauseInstanceOf(CallTimeoutException.class);
		});
	}

	@Test
	void aRestClientStreamsIfItIsTold() {
		application("scales.clients.users.timeout=500ms").run((context) -> {
			ScalesClientHttpRequestFactory factory = new ScalesClientHttpRequestFactory(
					context.getBean(ScalesClientRegistry.class), "users");
			RestClient whole = RestClient.builder().baseUrl("http://users").requestFactory(factory).build();
			RestClient streaming = whole.mutate().requestFactory(factory.streaming(true)).build();
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> whole.get().uri("/stream/halting?json").retrieve().body(String.class));
			String line = streaming.get()
				.uri("/stream/endless?json")
				.exchange((request, response) -> new String(response.getBody().readNBytes(LINE.length()),
						StandardCharsets.UTF_8));
			assertThat(line).isEqualTo(LINE);
			await(() -> this.server.cut() == 1);
			assertThat(streaming.get().uri("/users/7").retrieve().body(User.class)).isEqualTo(USER);
		});
	}

	@Test
	void partsAreSentAsSpringWritesThem() {
		Resource file = new ByteArrayResource("content".getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return "a.txt";
			}

		};
		application().withUserConfiguration(All.class).run((context) -> {
			assertParts(context.getBean(StreamClient.class).upload(file, "hello"));
			assertParts(context.getBean(FluxClient.class).upload(file, "hello").block());
			RestClient rest = RestClient.builder()
				.requestFactory(
						new ScalesClientHttpRequestFactory(context.getBean(ScalesClientRegistry.class), "users"))
				.build();
			MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
			parts.add("file", file);
			parts.add("note", "hello");
			assertParts(rest.post()
				.uri("http://users/upload")
				.contentType(MediaType.MULTIPART_FORM_DATA)
				.body(parts)
				.retrieve()
				.body(String.class));
		});
	}

	private static void assertParts(String request) {
		assertThat(request).startsWith("multipart/form-data;")
			.containsIgnoringCase("name=\"file\"; filename=\"a.txt\"")
			.contains("\r\n\r\ncontent\r\n")
			.containsIgnoringCase("name=\"note\"")
			.contains("\r\n\r\nhello\r\n");
	}

	@Test
	void inputStreamsAreReadBesideMethodsThatDoNotWait() {
		application().withUserConfiguration(Mixing.class).run((context) -> {
			MixedClient mixed = context.getBean(MixedClient.class);
			try (InputStream bytes = mixed.bytes()) {
				assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).contains("user 7");
			}
			assertThat(mixed.later().block()).contains("user 7");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = StreamClient.class)
	static class Streams {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = FluxClient.class)
	static class Fluxes {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = { StreamClient.class, FluxClient.class })
	static class All {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "users", types = MixedClient.class)
	static class Mixing {

	}

	@ScalesClient("users")
	interface MixedClient {

		@GetExchange("/stream/short?json")
		InputStream bytes();

		@GetExchange("/stream/short?json")
		Mono<String> later();

	}

}
