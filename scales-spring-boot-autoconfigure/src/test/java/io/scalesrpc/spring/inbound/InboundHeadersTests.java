package io.scalesrpc.spring.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.spring.settings.InboundProperties;
import io.scalesrpc.testing.FakeTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class InboundHeadersTests {

	private final FakeTime time = new FakeTime();

	private final InboundHeaders headers = new InboundHeaders(properties("X-Retry-Attempt", 0), this.time);

	private static InboundProperties properties(String attemptHeader, int firstAttempt) {
		return new InboundProperties(true, "X-Request-Timeout", "grpc-timeout", attemptHeader, firstAttempt,
				Duration.ZERO, Duration.ofHours(1));
	}

	private @Nullable InboundRequest read(Map<String, String> sent) {
		return read(this.headers, sent);
	}

	/** Several values of a header have a bar between. */
	private static @Nullable InboundRequest read(InboundHeaders headers, Map<String, String> sent) {
		return headers.read((name) -> sent.containsKey(name) ? List.of(sent.get(name).split("\\|", -1)) : List.of());
	}

	private @Nullable Duration timeout(Map<String, String> sent) {
		InboundRequest request = read(sent);
		Deadline deadline = (request != null) ? request.deadline() : null;
		if (deadline == null) {
			return null;
		}
		assertThat(deadline.startNanos()).isEqualTo(this.time.nanos());
		return Duration.ofNanos(deadline.timeoutNanos());
	}

	@ParameterizedTest
	@CsvSource({ "200, PT0.2S", "200ms, PT0.2S", "200 ms, PT0.2S", "2s, PT2S", "1m, PT1M", "500us, PT0.0005S",
			"7ns, PT0.000000007S", "' 30 ', PT0.03S", "9h, PT1H", "999999999999h, PT1H" })
	void aTimeoutIsInMillisecondsUnlessAUnitFollows(String value, Duration timeout) {
		assertThat(timeout(Map.of("X-Request-Timeout", value))).isEqualTo(timeout);
	}

	@ParameterizedTest
	@CsvSource({ "200m, PT0.2S", "2S, PT2S", "1M, PT1M", "500u, PT0.0005S", "7n, PT0.000000007S", "99999999H, PT1H" })
	void aTimeoutOfGrpcHasOneLetter(String value, Duration timeout) {
		assertThat(timeout(Map.of("grpc-timeout", value))).isEqualTo(timeout);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0ms", "-5", "1.5", "soon", "200 MS", "12345678901234", "9999999999999999999999",
			"200ms; drop", "٢٠٠" })
	void aTimeoutThatCannotBeReadCountsAsNotSent(String value) {
		assertThat(read(Map.of("X-Request-Timeout", value))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "200", "0m", "123456789m", "200ms", "-1m", "m", "2 S" })
	void aTimeoutOfGrpcThatCannotBeReadCountsAsNotSent(String value) {
		assertThat(read(Map.of("grpc-timeout", value))).isNull();
	}

	@Test
	void ofTwoTimeoutsTheShorterCounts() {
		assertThat(timeout(Map.of("X-Request-Timeout", "200", "grpc-timeout", "100m"))).hasMillis(100);
		assertThat(timeout(Map.of("X-Request-Timeout", "50", "grpc-timeout", "100m"))).hasMillis(50);
		assertThat(timeout(Map.of("X-Request-Timeout", "bad", "grpc-timeout", "100m"))).hasMillis(100);
	}

	@Test
	void ofSeveralHeadersOfOneNameTheShortestCounts() {
		assertThat(timeout(Map.of("X-Request-Timeout", "200|30|100"))).hasMillis(30);
		assertThat(timeout(Map.of("X-Request-Timeout", "200, 30 ,bad"))).hasMillis(30);
		assertThat(timeout(Map.of("X-Request-Timeout", "200", "grpc-timeout", "100m|20m"))).hasMillis(20);
		assertThat(read(Map.of("X-Retry-Attempt", "1|3, 2"))).isEqualTo(new InboundRequest(null, 3));
		assertThat(timeout(Map.of("X-Request-Timeout", "7,".repeat(20)))).hasMillis(7);
	}

	@Test
	void aTimeoutIsBelievedWithinItsBounds() {
		InboundHeaders bounded = new InboundHeaders(new InboundProperties(true, "X-Request-Timeout", "grpc-timeout", "",
				0, Duration.ofMillis(20), Duration.ofSeconds(1)), this.time);
		assertThat(bounded.read((name) -> List.of("1ms")).deadline().timeoutNanos()).isEqualTo(20_000_000);
		assertThat(bounded.read((name) -> List.of("30ms")).deadline().timeoutNanos()).isEqualTo(30_000_000);
		assertThat(bounded.read((name) -> List.of("1h")).deadline().timeoutNanos()).isEqualTo(1_000_000_000);
	}

	@Test
	void attemptsCountFromTheNumberOfTheFirst() {
		assertThat(read(Map.of("X-Retry-Attempt", "2"))).isEqualTo(new InboundRequest(null, 2));
		assertThat(read(Map.of("X-Retry-Attempt", "0"))).isNull();
		assertThat(read(Map.of("X-Retry-Attempt", "99999"))).isEqualTo(new InboundRequest(null, 1000));
		InboundHeaders ofEnvoy = new InboundHeaders(properties("x-envoy-attempt-count", 1), this.time);
		assertThat(read(ofEnvoy, Map.of("x-envoy-attempt-count", "3"))).isEqualTo(new InboundRequest(null, 2));
		assertThat(read(ofEnvoy, Map.of("x-envoy-attempt-count", "1"))).isNull();
		assertThat(read(ofEnvoy, Map.of("x-envoy-attempt-count", "0"))).isNull();
	}

	@Test
	void anAttemptThatCannotBeReadIsTheFirst() {
		assertThat(read(Map.of("X-Retry-Attempt", "twice"))).isNull();
		assertThat(read(Map.of("X-Retry-Attempt", "-1"))).isNull();
		assertThat(read(Map.of("X-Retry-Attempt", "99999999999"))).isNull();
	}

	@Test
	void aHeaderWithoutANameIsNotRead() {
		InboundHeaders none = new InboundHeaders(
				new InboundProperties(true, "", "", "", 0, Duration.ZERO, Duration.ofHours(1)), this.time);
		assertThat(none.read((name) -> List.of("5"))).isNull();
	}

	@Test
	void aBadHeaderIsLoggedOnceWithoutItsValue(CapturedOutput output) {
		((Logger) LoggerFactory.getLogger(InboundHeaders.class)).setLevel(Level.INFO);
		for (int i = 0; i < 3; i++) {
			read(Map.of("X-Request-Timeout", "evil\nvalue"));
		}
		assertThat(output.getOut().split("'X-Request-Timeout' cannot be read", -1)).hasSize(2);
		assertThat(output).doesNotContain("evil");
	}

}
