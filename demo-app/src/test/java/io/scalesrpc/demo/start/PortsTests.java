package io.scalesrpc.demo.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Ports that somebody else has. */
class PortsTests {

	private ServerSocket other;

	@BeforeEach
	void somebodyElseListens() throws IOException {
		this.other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void stop() throws IOException {
		this.other.close();
	}

	private static ConfigurableEnvironment environment(Map<String, Object> given, Map<String, Object> own) {
		GenericApplicationContext context = new GenericApplicationContext();
		ConfigurableEnvironment environment = context.getEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("application.yml", own));
		environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", given));
		new Ports().initialize(context);
		return environment;
	}

	@Test
	void aPortOfTheDemosOwnChoiceMakesWay() {
		int taken = this.other.getLocalPort();
		ConfigurableEnvironment environment = environment(Map.of("server.port", 0),
				Map.of("demo.chain.front-port", taken));
		assertThat(environment.getProperty("demo.chain.front-port", Integer.class)).isNotEqualTo(taken);
	}

	@Test
	void aListOfPortsMovesAsAWholeAndNoPortIsGivenTwice() {
		int taken = this.other.getLocalPort();
		Map<String, Object> own = Map.of("demo.stock.ports[0]", taken, "demo.stock.ports[1]", taken,
				"demo.stock.ports[2]", taken);
		ConfigurableEnvironment environment = environment(Map.of("server.port", 0), own);
		List<Integer> ports = new ArrayList<>();
		for (int i = 0; i < own.size(); i++) {
			ports.add(environment.getProperty("demo.stock.ports[" + i + "]", Integer.class));
		}
		assertThat(ports).doesNotHaveDuplicates().doesNotContain(taken);
		assertThat(environment.getPropertySources().get("free ports").containsProperty("demo.stock.ports[2]")).isTrue();
	}

	@Test
	void aPortThatSomebodyChoseStays() {
		int taken = this.other.getLocalPort();
		ConfigurableEnvironment environment = environment(Map.of("server.port", 0, "demo.chain.front-port", taken),
				Map.of("demo.chain.front-port", 9711));
		assertThat(environment.getProperty("demo.chain.front-port", Integer.class)).isEqualTo(taken);
	}

	@Test
	void whoCannotHaveThePageSaysWhatToDo() {
		int taken = this.other.getLocalPort();
		assertThatExceptionOfType(PortTakenException.class)
			.isThrownBy(() -> environment(Map.of("server.port", taken), Map.of()))
			.satisfies((failure) -> {
				FailureAnalysis told = new PortTakenFailureAnalyzer().analyze(failure, failure);
				assertThat(told.getDescription()).contains("Port " + taken + " is taken");
				assertThat(told.getAction()).contains("--server.port=" + (taken + 1));
			});
	}

}
