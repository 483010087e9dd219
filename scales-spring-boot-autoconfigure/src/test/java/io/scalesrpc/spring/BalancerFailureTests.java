package io.scalesrpc.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that does not start because of its balancer.
 */
class BalancerFailureTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			p2c-ewma               | decay                | 0s | > 0
			deterministic-aperture | coordinate.instance  | 5  | from 0 to 0
			deterministic-aperture | coordinate.total     | 0  | >= 1
			deterministic-aperture | coordinate.peers     | zk://zk1:2181/shop | none without balancer.coordinate.self
			deterministic-aperture | coordinate.self      | shop:8080 | none without balancer.coordinate.peers
			hash                   | hash-bound           | 1  | hash-bound: 1.0 (expected: > 1 and at most 1000)
			p2c                    | hash-bound           | 2  | none beside the balancer type p2c
			p2c                    | zone.max-load        | 3  | none without balancer.zone.name
			heap                   | zone.max-load        | 0  | max-load: 0.0 (expected: >= 1)
			deterministic-aperture | zone.name            | eu | none beside the balancer type deterministic-aperture
			p2c                    | zone.name            | ${ZONE_OF_NOBODY} | a value for ${ZONE_OF_NOBODY}
			heap                   | coordinate.self      | shop:8080 | none beside the balancer type heap
			deterministic-aperture | aperture.max-size    | 20 | none beside
			heap                   | aperture.min-size    | 2  | none beside
			p2c                    | decay                | 1s | none beside
			""")
	void anOptionThatDoesNotFitTheBalancerIsNamed(String type, String option, String value, String expected) {
		String property = "scales.clients.calculator.balancer." + option;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.balancer.type=" + type, property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "Value: \"" + value + "\"")
			.contains(expected);
		assertThat(analysis.getAction()).contains(property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			peers    | zk1:2181      | shop:8080 | peers: zk1:2181 (expected: scheme://
			peers    | gopher://h:1  | shop:8080 | peers: gopher://h:1 (expected: a scheme of [curator,
			peers    | tcp://shop    | shop:8080 | peers: shop (expected: host:port
			self     | tcp://shop:1  | shop      | self: shop (expected: host:port, as this process is registered
			""")
	void peersThatAreNotRightAreNamed(String wrong, String peers, String self, String reason) {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.balancer.type=deterministic-aperture",
				"scales.clients.calculator.balancer.coordinate.peers=" + peers,
				"scales.defaults.balancer.coordinate.self=" + self);
		assertThat(analysis.getDescription()).contains("balancer.coordinate." + wrong, "Reason: " + reason);
		assertThat(analysis.getAction()).contains("balancer.coordinate." + wrong);
	}

	@Test
	void aNumberBesidePeersIsNamed() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.balancer.type=deterministic-aperture",
				"scales.clients.calculator.balancer.coordinate.peers=tcp://shop:8080",
				"scales.clients.calculator.balancer.coordinate.self=shop:8080",
				"scales.clients.calculator.balancer.coordinate.total=3");
		assertThat(analysis.getDescription()).contains("Property: scales.clients.calculator.balancer.coordinate.total",
				"Value: \"3\"", "balancer.coordinate.total: 3 (expected: none beside balancer.coordinate.peers)");
		assertThat(analysis.getAction()).isEqualTo("Remove 'scales.clients.calculator.balancer.coordinate.total' or "
				+ "'scales.clients.calculator.balancer.coordinate.peers'.");
	}

	@Test
	void peersWithoutTheirSelfSayWhatIsMissing() {
		assertThat(failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.balancer.type=deterministic-aperture",
				"scales.defaults.balancer.coordinate.peers=tcp://shop:8080")
			.getAction())
			.isEqualTo("Set 'scales.clients.calculator.balancer.coordinate.self' to the host:port under which this "
					+ "process is registered there, or remove 'scales.defaults.balancer.coordinate.peers'.");
	}

	@Test
	void keysAreNotForProtocolsWithoutThem() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.protocol=redis", "scales.clients.calculator.balancer.type=hash");
		assertThat(analysis.getDescription()).contains("Property: scales.clients.calculator.balancer.type",
				"balancer.type: hash (expected: another one with protocol redis: servers are chosen by their roles");
	}

	@Test
	void anOptionThatIsNotUsedSaysWhatWouldUseIt() {
		assertThat(failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.balancer.type=heap",
				"scales.clients.calculator.balancer.aperture.min-size=2")
			.getAction())
			.isEqualTo("Remove 'scales.clients.calculator.balancer.aperture.min-size', or set "
					+ "'scales.clients.calculator.balancer.type' to one of: aperture, deterministic-aperture.");
	}

	@Test
	void aSettingOfABreakerThatIsOffIsNamed() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.member-breaker.enabled=false",
				"scales.clients.calculator.member-breaker.success-rate.min=0.5");
		assertThat(analysis.getDescription()).contains(
				"Property: scales.clients.calculator.member-breaker.success-rate.min",
				"none beside member-breaker.enabled: false");
	}

}
