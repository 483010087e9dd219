package io.scalesrpc.spring;

import java.util.List;

import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that does not start, word by word.
 */
class StartFailureTests {

	@Test
	void theAnalyzerIsRegistered() {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, (type, name, ex) -> {
			});
		assertThat(analyzers).hasAtLeastOneElementOfType(ScalesConfigurationFailureAnalyzer.class);
	}

	@Test
	void aBadValueIsNamedWithItsFileAndLine() {
		FailureAnalysis analysis = failure(Contexts.withYaml(Contexts.application(), """
				scales:
				  clients:
				    calculator:
				      uri: tcp://localhost:9090
				      timeout: 0ms
				"""));
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'calculator' could not be made:

				    Property: scales.clients.calculator.timeout
				    Value: "0ms"
				    Origin: Byte array resource [application.yml] - 5:16
				    Reason: timeout: PT0S (expected: > 0 and at most 1 day)""");
		assertThat(analysis.getAction()).isEqualTo("Correct the value of 'scales.clients.calculator.timeout'.");
	}

	@Test
	void aBadDefaultIsNamedWhereItStands() {
		assertThat(failure("scales.clients.calculator.uri=tcp://localhost:9090", "scales.defaults.connect-timeout=-1s")
			.getDescription()).contains("Property: scales.defaults.connect-timeout", "Value: \"-1s\"");
	}

	@Test
	void anUnknownClientListsThoseThatAreKnown() {
		FailureAnalysis analysis = failure("scales.clients.calculater.uri=tcp://localhost:9090",
				"scales.clients.pricing.uri=tcp://localhost:9091");
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales client 'calculator' could not be made:

				    Reason: the interface io.scalesrpc.spring.app.CalculatorClient names the client 'calculator', \
				but 'scales.clients.calculator' is not configured""");
		assertThat(analysis.getAction())
			.isEqualTo("Set 'scales.clients.calculator.uri', for example to tcp://localhost:9090. "
					+ "Did you mean 'calculater'? Configured clients: calculater, pricing.");
	}

	@Test
	void aClientWithoutUriSaysWhichPropertyIsMissing() {
		FailureAnalysis analysis = failure("scales.clients.calculator.timeout=1s");
		assertThat(analysis.getDescription()).contains("no 'scales.clients.calculator.uri'");
		assertThat(analysis.getAction())
			.isEqualTo("Set 'scales.clients.calculator.uri', for example to tcp://localhost:9090.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			uri                      | localhost:9090     | tcp://localhost:9090, or another scheme
			uri                      | tcp://localhost    | host:port
			uri                      | tcp://localhost:0  | 1..65535
			uri                      | tcp://::1:9090     | [address]:port
			uri                      | gopher://h:1       | a scheme of [curator, discovery, dns, http, https, srv,
			uri                      | discovery://x      | a bean of Spring Cloud's DiscoveryClient
			uri                      | https://h          | such as tcp://localhost:9090, with protocol thriftmux
			protocol                 | soap               | one of [http, kafka, redis, thrift, thrift-http, thriftmux]
			timeout                  | 25h                | at most 1 day
			close-grace              | -1s                | 0 to 1 day
			min-ready                | -1                 | >= 0
			min-ready-timeout        | 1s                 | none without min-ready
			encoding                 | json2              | expected: one of
			ping-interval            | -1s                | >= 0
			ping-timeout             | 0s                 | > 0
			methods.divide.timeout   | 0s                 | > 0
			methods.divide.cache.ttl | 10s                | none without the name of a cache
			balancer.slow-start      | -1s                | >= 0
			balancer.aperture.min-size | 0                | >= 1
			balancer.aperture.max-size | 5                | at least minSize, which is 12
			balancer.aperture.low-load | 1.5              | more than twice low, which is 1.5
			balancer.aperture.high-load | 1               | more than twice low, which is 0.5
			balancer.aperture.smoothing | 0s              | > 0
			balancer.aperture.min-jitter | 1h             | at least minJitter, which is PT1H
			balancer.aperture.max-jitter | 0s             | > 0
			balancer.decay           | 5s                 | none beside the balancer type aperture
			balancer.coordinate.total | 5                 | none beside the balancer type aperture
			member-breaker.consecutive-failures | 0       | >= 1
			member-breaker.success-rate.min | 1.1         | 0..1
			member-breaker.success-rate.window | 1ms      | 1 second
			member-breaker.success-rate.min-calls | 0     | >= 1
			member-breaker.backoff-min | 1m               | backoffMin, which is PT1M
			member-breaker.backoff-max | 500ms            | backoffMin, which is PT1S
			circuit-breaker.fail-max | 0                  | >= 1
			circuit-breaker.reset-timeout | 0s            | > 0
			circuit-breaker.reset-timeout | -1s           | > 0
			circuit-breaker.half-open-calls | 0           | >= 1
			circuit-breaker.failure-rate.threshold | 50   | a share above 0 and at most 1
			circuit-breaker.failure-rate.threshold | 0    | a share above 0 and at most 1
			circuit-breaker.failure-rate.window | 1ms     | 1 second
			circuit-breaker.failure-rate.min-calls | 0    | >= 1
			circuit-breaker.slow-call.duration | 0s       | > 0
			circuit-breaker.slow-call.rate | 1.5          | a share above 0 and at most 1
			circuit-breaker.fail-max | 3                  | none without circuit-breaker.enabled: true
			methods.divide.circuit-breaker.fail-max | 0   | >= 1
			methods.divide.circuit-breaker.fail-max | 3   | none without circuit-breaker.enabled: true
			throttling.threshold     | 1                  | above 0 and below 1
			throttling.window        | 10ms               | at least 1 second
			concurrency-limit.max    | -1                 | >= 0
			attempt-timeout          | 0s                 | > 0
			retry.max-attempts       | 6                  | 1..5
			retry.on                 | bug                | any of CONNECTION_LOST, TIMEOUT, REMOTE
			retry.backoff.initial    | 1s                 | initial, which is PT1S
			retry.backoff.multiplier | 0.5                | 1..100
			retry.backoff.max        | 1ms                | initial, which is PT0.005S
			retry.budget.ratio       | 1.1                | 0..1
			retry.budget.min-per-second | -1              | >= 0
			retry.budget.ttl         | 61s                | 1 to 60 seconds
			methods.divide.attempt-timeout | 0s           | > 0
			methods.divide.retry.max-attempts | 0         | 1..5
			methods.divide.retry.backoff.initial | 1s     | initial, which is PT1S
			hedging.max-extra-load   | 0.6                | 0.0001..0.5
			hedging.min-delay        | 0ms                | at least 1 millisecond
			hedging.min-delay        | 2s                 | below maxDelay
			hedging.max-delay        | 2m                 | at most 1 minute
			hedging.max-extra-load   | 0.02               | none without hedging.enabled: true
			hedging.enabled          | true               | at least one method that is said to be idempotent
			methods.divide.hedging.enabled | true         | a method that is said to be idempotent
			methods.divide.hedging.max-extra-load | 0     | 0.0001..0.5
			methods.divide.hedging.min-delay | 5ms        | none without hedging.enabled: true
			pool.low                 | 65                 | 0 to high 64
			pool.high                | 0                  | >= 1
			ssl.bundle               | servers            | a bean of type SslBundles
			ssl.server-name          | prices.example     | none without ssl.bundle
			ssl.verify-hostname      | false              | none without ssl.bundle
			pool.queue               | -1                 | >= 0
			pool.idle-timeout        | 0s                 | > 0
			pool.max-age             | -1s                | >= 0
			options.colour           | red                | client-id
			options.max-fragment-bytes | 1                | >= 64
			options.opportunistic-tls | desired           | certificates for TLS: ssl.bundle
			options.opportunistic-tls | maybe             | one of [off, desired, required]
			limits.max-frame-size    | 10B                | 1024
			limits.max-frame-size    | 3GB                | 1024
			limits.max-pending-calls | 0                  | >= 1
			limits.max-owed-tags     | 0                  | >= 1
			limits.max-write-queue-size | 0B              | >= 1024
			""")
	void aValueThatIsNotRightIsNamed(String setting, String value, String expected) {
		String property = "scales.clients.calculator." + setting;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "Value: \"" + value.trim() + "\"")
			.contains(expected);
		assertThat(analysis.getAction()).contains(property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			options.path             | rpc    | option path: rpc (expected: a path that begins with /
			encoding                 | xml    | expected: one of
			options.version          | 3      | option version: 3 (expected:
			options.colour           | red    | option colour: not an option of thrift-http (expected: one of attempt-
			options.failure-statuses | 5xx    | option failure-statuses: not an option of thrift-http (expected: one of
			client-id                | shop   | option client-id: not an option of thrift-http (expected: one of
			""")
	void anOptionThatDoesNotFitThriftOverHttpIsNamed(String setting, String value, String expected) {
		String property = "scales.clients.calculator." + setting;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.protocol=thrift-http", property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "Value: \"" + value + "\"", expected);
		assertThat(analysis.getAction()).contains(property);
	}

	@Test
	void aBadPollIntervalIsNamed() {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:9090",
					"scales.discovery.poll-interval=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("scales.discovery.poll-interval")
				.hasMessageContaining("above 0"));
	}

	@ParameterizedTest
	@CsvSource({ "scales.clients.calculator.timout", "scales.defaults.uri", "scales.client.calculator.uri" })
	void aPropertyNobodyKnowsStopsTheStart(String property) {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:9090", property + "=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnboundConfigurationPropertiesException.class)
				.hasMessageContaining(property));
	}

}
