package io.scalesrpc.spring.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A controller that hands on what a client got: its own server writes the headers that
 * say how a body is sent, and must not find them there already.
 */
class ForwardedAnswerTests {

	@ScalesClient("one")
	interface One {

		@GetExchange("/body")
		ResponseEntity<String> body();

	}

	@ScalesClient("two")
	interface Two {

		@GetExchange("/body")
		ResponseEntity<String> body();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = { One.class, Two.class })
	@RestController
	static class Application {

		private final One one;

		private final Two two;

		Application(One one, Two two) {
			this.one = one;
			this.two = two;
		}

		/** Without a length: in chunks, or as HTTP/2 has it. */
		@GetMapping("/body")
		StreamingResponseBody body() {
			return (out) -> out.write("ok".getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/one")
		ResponseEntity<String> one() {
			return this.one.body();
		}

		@GetMapping("/two")
		ResponseEntity<String> two() {
			return this.two.body();
		}

	}

	/** Starts an application whose clients call the one at a port. */
	private static ConfigurableApplicationContext start(int backend) {
		String uri = "tcp://127.0.0.1:" + backend;
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "server.http2.enabled=true",
					"spring.main.banner-mode=off", "spring.cloud.zookeeper.enabled=false",
					"scales.defaults.protocol=http", "scales.defaults.connect-timeout=9s",
					"scales.defaults.close-grace=0s", "scales.clients.one.uri=" + uri, "scales.clients.two.uri=" + uri,
					"scales.clients.two.options.version=2")
			.run();
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static List<String> ask(int port, String path) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(answer).startsWith("HTTP/1.1 200").contains("ok");
			return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT).lines().toList();
		}
	}

	@Test
	void noHeaderIsThereTwiceAndNoneThatNobodySent() throws IOException {
		try (ConfigurableApplicationContext backend = start(1);
				ConfigurableApplicationContext front = start(port(backend))) {
			for (String path : new String[] { "/one", "/two" }) {
				List<String> head = ask(port(front), path);
				assertThat(head).filteredOn((line) -> line.startsWith("transfer-encoding")).hasSizeLessThan(2);
				assertThat(head).noneMatch((line) -> line.startsWith("x-http2"));
			}
		}
	}

}
