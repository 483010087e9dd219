package io.scalesrpc.finagle;

import java.util.Map;

import io.scalesrpc.server.ServerCall;
import io.scalesrpc.spring.server.ScalesServer;
import io.scalesrpc.spring.server.ScalesService;
import io.scalesrpc.thrift.EchoPeer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finagle's client calls a bean of a Spring application.
 */
class FinagleToSpringTests {

	@Test
	void aBeanAnswersAndKnowsWhoCallsAndUntilWhen() {
		try (ConfigurableApplicationContext application = new SpringApplication(Application.class)
			.run("--scales.server.port=0", "--scales.server.address=127.0.0.1", "--spring.main.banner-mode=off");
				FinagleClient client = FinagleClient.of(application.getBean(ScalesServer.class).port())) {
			assertThat(client.call("echo hello")).isEqualTo("OK hello");
			assertThat(client.call("add 2 40")).isEqualTo("OK 42");
			assertThat(client.call("fail no")).isEqualTo("ERROR PeerException 7 no");
			assertThat(client.call("undeclared boom")).startsWith("ERROR").contains("TApplicationException");
			assertThat(client.call("contexts")).contains("deadline=true", "client=true");
			assertThat(application.getBean(ScalesServer.class).server().stats().requests()).isEqualTo(5);
		}
	}

	/** The application. <em>Immutable</em>. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Peer.class)
	static class Application {

	}

	/** A service. <em>Thread-safe</em>. */
	@ScalesService
	static class Peer extends EchoPeer {

		@Override
		public Map<String, String> contexts() {
			ServerCall call = ServerCall.current();
			return Map.of("deadline", String.valueOf(call.remaining() != null), "client",
					String.valueOf(call.clientId() != null));
		}

	}

}
