package io.scalesrpc.spring.log;

import java.nio.charset.StandardCharsets;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.logging.LoggersEndpoint;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of clients as Spring Boot writes structured logs, and their level. */
class StructuredLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("scales.client.pricing");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent event) {
			// The MDC of now.
			event.prepareForDeferredProcessing();
			super.append(event);
		}

	};

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void forget() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

	private ILoggingEvent line() throws InterruptedException {
		new ClientLog("pricing", Ticker.SYSTEM).tellSeldom(Level.WARN, "10.0.0.7:9090", () -> "gone\nall is well");
		long start = System.nanoTime();
		while (List.copyOf(this.appender.list).isEmpty() && System.nanoTime() - start < 10_000_000_000L) {
			Thread.sleep(5);
		}
		return this.appender.list.get(0);
	}

	/** A name that is there twice is an error of the reader. */
	@ParameterizedTest
	@CsvSource({ "ecs", "logstash", "gelf" })
	void clientAndMemberAreFields(String format) throws InterruptedException {
		ILoggingEvent line = line();
		LoggerContext context = new LoggerContext();
		context.putObject(Environment.class.getName(), new MockEnvironment());
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat(format);
		encoder.start();
		String written = new String(encoder.encode(line), StandardCharsets.UTF_8);
		encoder.stop();
		JsonNode json = JsonMapper.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build()
			.readTree(written);
		assertThat(written.strip().lines()).hasSize(1);
		assertThat(written).contains("gone?all is well");
		assertThat(values(json)).as(written).contains("pricing", "10.0.0.7:9090");
		if (!format.equals("gelf")) {
			JsonNode client = json.has("scales") ? json.at("/scales/client") : json.path("scales.client");
			JsonNode member = json.has("scales") ? json.at("/scales/member") : json.path("scales.member");
			assertThat(client.asString()).isEqualTo("pricing");
			assertThat(member.asString()).isEqualTo("10.0.0.7:9090");
		}
	}

	private static List<String> values(JsonNode json) {
		return json.valueStream()
			.flatMap((value) -> value.isObject() ? values(value).stream() : List.of(value.asString("")).stream())
			.toList();
	}

	@Test
	void theLevelOfOneClientIsSetByTheEndpointOfLoggers() throws InterruptedException {
		LoggersEndpoint endpoint = new LoggersEndpoint(LoggingSystem.get(getClass().getClassLoader()),
				new LoggerGroups());
		line();
		endpoint.configureLogLevel("scales.client.pricing", LogLevel.ERROR);
		assertThat(new ClientLog("pricing", Ticker.SYSTEM).isOn(Level.WARN)).isFalse();
		assertThat(new ClientLog("others", Ticker.SYSTEM).isOn(Level.WARN)).isTrue();
		assertThat(endpoint.loggerLevels("scales.client.pricing").getConfiguredLevel()).isEqualTo("ERROR");
		endpoint.configureLogLevel("scales.client.pricing", null);
		assertThat(new ClientLog("pricing", Ticker.SYSTEM).isOn(Level.WARN)).isTrue();
	}

}
