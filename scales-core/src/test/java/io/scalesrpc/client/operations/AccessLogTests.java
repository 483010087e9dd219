package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.Fixture;
import io.scalesrpc.client.Sums;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.log.LogLines;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Sockets
class AccessLogTests {

	private final Fixture fixture = new Fixture();

	private final LogLines log = LogLines.of("calculator.access");

	@AfterEach
	void close() {
		this.fixture.close();
		this.log.close();
	}

	private Sums client(AccessLogSettings settings) {
		this.fixture.builder.accessLog(settings).callOption(RetrySettings.KEY, RetrySettings.OFF);
		return this.fixture.client();
	}

	@Test
	void aCallThatFailsHasALine() {
		this.fixture.protocol.answering((call) -> {
			this.fixture.time.advance(Duration.ofMillis(12));
			call.end(Failure.of(FailureKind.REMOTE, "boom\nall is well"));
		});
		Sums client = client(new AccessLogSettings(null, true, 1));
		MDC.put("user", "alice");
		client.addAsync(1, 2).exceptionally((ex) -> 0).join();
		MDC.clear();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.matches("WARN \\[calculator] \\S+/add failed after 12 ms, 1 attempt, the last at 127.0.0.1:9090:"
					+ " REMOTE: boom\\?all is well");
		assertThat(this.log.keys(0)).contains("scales.client=calculator", "scales.member=127.0.0.1:9090",
				"scales.kind=remote", "scales.millis=12", "scales.attempts=1");
		assertThat(this.log.events().get(0).getMDCPropertyMap()).containsEntry("user", "alice")
			.containsEntry("scalesClient", "calculator");
	}

	@Test
	void aCallThatIsSlowHasALineAndOneThatIsNotHasNone() {
		Sums client = client(new AccessLogSettings(Duration.ofMillis(50), false, 1));
		CompletableFuture<Integer> quick = client.addAsync(1, 2);
		this.fixture.sent(0).end(Reply.of(3));
		quick.join();
		CompletableFuture<Integer> slow = client.addAsync(1, 2);
		this.fixture.sent(1);
		this.fixture.time.advance(Duration.ofMillis(50));
		this.fixture.sent(1).end(Reply.of(3));
		slow.join();
		CompletableFuture<Integer> failed = client.addAsync(1, 2);
		this.fixture.sent(2).end(Failure.of(FailureKind.REMOTE, "boom"));
		failed.exceptionally((ex) -> 0).join();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.matches("WARN \\[calculator] \\S+/add took 50 ms, 1 attempt, the last at 127.0.0.1:9090");
	}

	@Test
	void ofManyAShareIsLogged() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "boom")));
		Sums client = client(new AccessLogSettings(null, true, 0.1));
		for (int i = 0; i < 500; i++) {
			client.addAsync(1, 2).exceptionally((ex) -> 0).join();
		}
		assertThat(this.log.lines()).hasSizeBetween(15, 120);
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new AccessLogSettings(null, true, 0))
			.withMessageContaining("sample: 0.0 (expected: above 0, at most 1)");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new AccessLogSettings(Duration.ZERO, true, 1))
			.withMessageContaining("slow");
	}

}
