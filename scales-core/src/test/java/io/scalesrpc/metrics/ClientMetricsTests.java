package io.scalesrpc.metrics;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.TestMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientMetricsTests {

	private static final Tags CLIENT = Tags.of("client", "calculator", "protocol", "thriftmux");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	@ParameterizedTest
	@EnumSource
	void everyEventHasItsOwnCounter(Event event) {
		for (Event other : Event.values()) {
			this.metrics.count(other, 100 + other.ordinal());
		}
		this.metrics.count(event);
		Counter counter = this.registry.get(event.meter()).tags(CLIENT.and(event.tags())).counter();
		assertThat(counter.getId().getTags()).hasSize((int) CLIENT.and(event.tags()).stream().count());
		assertThat(counter.count()).isEqualTo(101 + event.ordinal());
	}

	@ParameterizedTest
	@CsvSource({ "RETRIED_NOT_SENT,scales.client.retries,reason,not_sent",
			"RETRIED_CONNECTION_LOST,scales.client.retries,reason,connection_lost",
			"RETRIED_TIMEOUT,scales.client.retries,reason,timeout",
			"RETRIED_REMOTE,scales.client.retries,reason,remote",
			"RETRY_TOO_LATE,scales.client.retries,reason,deadline",
			"BUDGET_EXHAUSTED,scales.client.retries,reason,budget_exhausted",
			"CONNECTION_OPENED,scales.client.connections,event,opened",
			"CONNECTION_FAILED,scales.client.connections,event,failed",
			"CONNECTION_CLOSED,scales.client.connections,event,closed", "BYTES_SENT,scales.client.bytes,direction,sent",
			"BYTES_RECEIVED,scales.client.bytes,direction,received" })
	void eventsOfOneKindDifferInATag(Event event, String meter, String key, String value) {
		this.metrics.count(event);
		assertThat(this.registry.get(meter).tags(CLIENT.and(key, value)).counter().count()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "ATTEMPT,scales.client.attempts", "DISCARDED,scales.client.discards",
			"LATE_REPLY,scales.client.late.replies" })
	void eventsThatStandAloneHaveNoTagOfTheirOwn(Event event, String meter) {
		this.metrics.count(event);
		assertThat(Tags.of(this.registry.get(meter).counter().getId().getTags())).isEqualTo(CLIENT);
	}

	@Test
	void aReplyIsASuccess() {
		this.metrics.request(new TestMethod("add"), Reply.EMPTY, 5_000_000);
		this.metrics.request(new TestMethod("add"), Reply.of(1), 7_000_000);
		Timer timer = timer("add", "success", "none");
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(12);
	}

	@ParameterizedTest
	@EnumSource
	void everyKindOfFailureIsTimedByItself(FailureKind kind) {
		for (FailureKind other : FailureKind.values()) {
			this.metrics.request(new TestMethod("add"), Failure.of(other, "x"), 1_000_000 + other.ordinal());
		}
		String outcome = (kind == FailureKind.DECLARED) ? "declared" : "failure";
		Timer timer = timer("add", outcome, kind.toString().toLowerCase(Locale.ROOT));
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(1_000_000 + kind.ordinal());
	}

	@Test
	void methodsAreTimedApart() {
		this.metrics.request(new TestMethod("add"), Reply.EMPTY, 1);
		this.metrics.request(new TestMethod("sub"), Reply.EMPTY, 1);
		assertThat(timer("add", "success", "none").count()).isOne();
		assertThat(timer("sub", "success", "none").count()).isOne();
	}

	@Test
	void aGaugeShowsTheValueOfTheMoment() {
		AtomicInteger members = new AtomicInteger(3);
		this.metrics.gauge(MeterNames.MEMBERS, Tags.of("state", "open"), members, AtomicInteger::get);
		members.set(4);
		assertThat(this.registry.get("scales.client.members").tags(CLIENT.and("state", "open")).gauge().value())
			.isEqualTo(4);
	}

	@Test
	void closingTakesEveryMeterOutAndLeavesThoseOfOthers() {
		ClientMetrics other = new ClientMetrics(this.registry, "other", "thriftmux");
		useEverything(other, Reply.EMPTY);
		int ofTheOther = this.registry.getMeters().size();
		useEverything(this.metrics, Failure.of(FailureKind.TIMEOUT, "x"));
		assertThat(this.registry.getMeters()).hasSize(2 * ofTheOther);
		this.metrics.close();
		this.metrics.close();
		assertThat(this.registry.getMeters()).hasSize(ofTheOther)
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("client")).isEqualTo("other"));
	}

	@Test
	void whatIsCountedAfterClosingLeavesNoMeterBehind() {
		this.metrics.count(Event.CONNECTION_OPENED);
		this.metrics.close();
		this.metrics.count(Event.CONNECTION_OPENED);
		this.metrics.count(Event.CONNECTION_CLOSED);
		this.metrics.request(new TestMethod("add"), Reply.EMPTY, 1);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private static void useEverything(ClientMetrics metrics, Outcome outcome) {
		for (Event event : Event.values()) {
			metrics.count(event);
		}
		metrics.request(new TestMethod("add"), outcome, 1);
		metrics.gauge(MeterNames.PENDING, Tags.empty(), new AtomicInteger(), AtomicInteger::get);
	}

	private Timer timer(String method, String outcome, String kind) {
		return this.registry.get("scales.client.requests")
			.tags(CLIENT.and("method", method, "outcome", outcome, "kind", kind))
			.timer();
	}

}
