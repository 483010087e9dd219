package io.scalesrpc.spring;

import java.net.InetAddress;
import java.net.ServerSocket;

import io.scalesrpc.spring.server.ScalesServerAutoConfiguration;
import io.scalesrpc.spring.server.ScalesService;
import io.scalesrpc.spring.server.scanned.ScannedService;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that cannot serve, word by word.
 */
class ServerFailureTests {

	private static ApplicationContextRunner bare() {
		return Contexts.bare().withConfiguration(AutoConfigurations.of(ScalesServerAutoConfiguration.class));
	}

	private static ApplicationContextRunner application() {
		return bare().withBean(ScannedService.class);
	}

	@Test
	void aBadValueIsNamedWithItsFileAndLine() {
		FailureAnalysis analysis = failure(Contexts.withYaml(application(), """
				scales:
				  server:
				    max-concurrent-calls: 0
				"""));
		assertThat(analysis.getDescription()).isEqualTo("""
				The Scales server could not be made:

				    Property: scales.server.max-concurrent-calls
				    Value: "0"
				    Origin: Byte array resource [application.yml] - 3:27
				    Reason: maxConcurrentCalls: 0 (expected: >= 1)""");
		assertThat(analysis.getAction()).isEqualTo("Correct the value of 'scales.server.max-concurrent-calls'.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			port                     | 65536               | port out of range
			max-connections          | 0                   | >= 1
			max-calls-per-connection | -1                  | >= 0
			handshake-timeout        | -1s                 | 0, or 1 ms to 365 days
			idle-timeout             | -1s                 | 0, or 1 ms to 365 days
			max-age                  | -1s                 | 0, or 1 ms to 365 days
			max-frame-size           | 1B                  | 1024..2147483642
			leave-delay              | 1s                  | none without announce
			announce-as              | host:1              | none without announce
			zone                     | eu-1a               | none without announce
			announce                 | nothing             | expected:
			announce                 | gopher://h:1        | a scheme of
			executor                 | nobody              | the name of one of the executors
			ssl.bundle               | none                | a bean of type SslBundles
			ssl.clients              | certified           | none without ssl.bundle
			ssl.opportunistic        | required            | none without ssl.bundle
			""")
	void aBadValueStopsTheStart(String setting, String value, String reason) {
		FailureAnalysis analysis = failure(application().withPropertyValues("scales.server." + setting + "=" + value));
		assertThat(analysis.getDescription()).contains("The Scales server could not be made:",
				"Property: scales.server." + setting, "Value: \"" + value + "\"", reason);
		assertThat(analysis.getAction()).contains("'scales.server.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			handshake-timeout | 5s
			max-age           | 1m
			deadlines         | tell
			""")
	void whatPlainThriftCannotDoIsNotAcceptedInSilence(String setting, String value) {
		FailureAnalysis analysis = failure(application().withPropertyValues("scales.server.protocol=thrift",
				"scales.server." + setting + "=" + value));
		assertThat(analysis.getDescription()).contains("Property: scales.server." + setting,
				"none with protocol thrift");
	}

	@Test
	void anUnknownProtocolListsThoseThatAreKnown() {
		FailureAnalysis analysis = failure(application().withPropertyValues("scales.server.protocol=soap"));
		assertThat(analysis.getDescription()).contains("scales.server.protocol", "soap");
		assertThat(analysis.getDescription() + analysis.getAction()).containsIgnoringCase("thriftmux");
	}

	@Test
	void anAddressThatCannotBeAnnouncedIsNamed() {
		FailureAnalysis analysis = failure(
				application().withPropertyValues("scales.server.announce=tcp://h:1", "scales.server.announce-as=here"));
		assertThat(analysis.getDescription()).contains("Property: scales.server.announce-as", "expected: host:port");
	}

	@Test
	void aRegistryThatTakesNoAnnouncementsStopsTheStart() {
		FailureAnalysis analysis = failure(application().withPropertyValues("scales.server.port=0",
				"scales.server.address=127.0.0.1", "scales.server.announce=tcp://h:1"));
		assertThat(analysis.getDescription()).contains("Property: scales.server.announce",
				"a scheme in which members can be announced");
	}

	@Test
	void aPortInUseIsNamed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			FailureAnalysis analysis = failure(application()
				.withPropertyValues("scales.server.port=" + taken.getLocalPort(), "scales.server.address=127.0.0.1"));
			assertThat(analysis.getDescription()).contains("Property: scales.server.port",
					"Value: \"" + taken.getLocalPort() + "\"");
			assertThat(analysis.getAction()).contains("Set another 'scales.server.port'");
		}
	}

	@Test
	void twoServicesWithMethodsOfOneNameNeedNames() {
		FailureAnalysis analysis = failure(bare().withUserConfiguration(TwoServices.class));
		assertThat(analysis.getDescription()).contains("ping: both in ");
		assertThat(analysis.getAction())
			.startsWith("Give all but one of the beans [one, two] a name, @ScalesService(name = ...)");
	}

	@Test
	void aBeanThatImplementsNoServiceIsNamed() {
		FailureAnalysis analysis = failure(bare().withUserConfiguration(NoService.class));
		assertThat(analysis.getDescription()).contains(NotAService.class.getName());
		assertThat(analysis.getAction()).startsWith("Have each of the beans [none] with @ScalesService implement");
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoServices {

		@Bean
		@ScalesService
		ScannedService one() {
			return new ScannedService();
		}

		@Bean
		@ScalesService
		ScannedService two() {
			return new ScannedService();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoService {

		@Bean
		@ScalesService
		NotAService none() {
			return new NotAService();
		}

	}

	/** Serves nobody. */
	static class NotAService {

	}

}
