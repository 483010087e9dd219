package io.scalesrpc.http.http1;

import java.time.Duration;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.http.PartsReader;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that says how long it keeps an idle connection is believed. */
class KeepAliveHintTests {

	private final Http1Wire wire = new Http1Wire();

	private void ask(String headers) {
		CapturingObserver call = this.wire.get();
		this.wire.answer("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 2\r\n\r\nok");
		assertThat(Http1Wire.response(call).text()).isEqualTo("ok");
	}

	private void advance(long millis) {
		this.wire.time.advance(Duration.ofMillis(millis));
		this.wire.channel.runPendingTasks();
	}

	/** What is on its way for the last second, or half the time, would come too late. */
	@ParameterizedTest
	@CsvSource({ "timeout=1, 500", "timeout=5, 4000", "'max=100, Timeout=60', 59000", "'timeout=3;max=7', 2000",
			"timeout = 2, 1000" })
	void anIdleConnectionIsNotUsedUntilTheServerClosesIt(String said, long millis) {
		ask("Keep-Alive: " + said + "\r\n");
		advance(millis - 1);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.wire.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
		this.wire.time.mustEndEmpty();
	}

	@Test
	void theTimeRunsFromTheLastAnswer() {
		for (int i = 0; i < 5; i++) {
			ask("Keep-Alive: timeout=5\r\n");
			advance(3900);
			assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		}
		CapturingObserver call = this.wire.get();
		// A call that is under way is not idle.
		advance(90_000);
		assertThat(this.wire.channel.isOpen()).isTrue();
		this.wire.answer("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok");
		assertThat(Http1Wire.response(call).text()).isEqualTo("ok");
		advance(3900);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		advance(100);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	/** It was opened for a call that found another one, so nobody spoke of it. */
	@Test
	void aConnectionThatWasNeverUsedHasTheTimeOfOthers() {
		ask("Keep-Alive: timeout=5\r\n");
		Http1Wire other = this.wire.another();
		advance(3999);
		other.channel.runPendingTasks();
		assertThat(other.connection.state()).isEqualTo(SinkState.OPEN);
		advance(1);
		other.channel.runPendingTasks();
		assertThat(other.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(other.channel.isOpen()).isFalse();
	}

	@Test
	void aServerThatKeepsNoneIsConnectedToNevertheless() {
		ask("Keep-Alive: timeout=0\r\n");
		Http1Wire other = this.wire.another();
		assertThat(other.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(other.channel.isOpen()).isTrue();
	}

	/** The timer may be late: a process was stopped, a machine was asleep. */
	@Test
	void aConnectionIsTooOldBeforeTheTimerSaysSo() {
		ask("Keep-Alive: timeout=5\r\n");
		this.wire.time.advance(Duration.ofSeconds(5));
		assertThat(this.wire.channel.isOpen()).isTrue();
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void zeroMeansThatNothingMayFollow() {
		ask("Keep-Alive: timeout=0\r\n");
		assertThat(this.wire.channel.isOpen()).isFalse();
		this.wire.time.mustEndEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Keep-Alive: max=100\r\n", "Keep-Alive: timeout=x\r\n",
			"Keep-Alive: timeout=99999999999999\r\n", "Keep-Alive: idle_timeout=1\r\n" })
	void whoSaysNothingIsNotSecondGuessed(String header) {
		ask("Keep-Alive: timeout=5\r\n");
		ask(header);
		advance(86_400_000);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aBodyThatIsReadAsItComesCountsToItsEnd() {
		CapturingObserver call = this.wire.send(ScalesHttpRequest.of("GET", "/").streamed());
		this.wire.answer("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 4\r\n\r\nab");
		PartsReader reader = new PartsReader();
		Http1Wire.response(call).stream().subscribe(reader);
		reader.ask(10);
		advance(20_000);
		this.wire.answer("cd");
		advance(3900);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		advance(100);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

}
