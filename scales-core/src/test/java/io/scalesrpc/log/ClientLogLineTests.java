package io.scalesrpc.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class ClientLogLineTests {

	private final LogLines lines = LogLines.of("pricing");

	private final FakeTime time = new FakeTime();

	private final ClientLog log = new ClientLog("pricing", this.time);

	@AfterEach
	void close() {
		this.lines.close();
	}

	@Test
	void clientAndMemberAreInTheMdcAndKeyValues() {
		this.log.tellSeldom(org.slf4j.event.Level.WARN, "10.0.0.7:9090", () -> "gone");
		ILoggingEvent event = this.lines.events().get(0);
		assertThat(event.getMDCPropertyMap()).containsEntry("scalesClient", "pricing")
			.containsEntry("scalesMember", "10.0.0.7:9090");
		assertThat(this.lines.keys(0)).containsExactly("scales.client=pricing", "scales.member=10.0.0.7:9090");
		assertThat(event.getThreadName()).isEqualTo(LogWriter.NAME);
	}

	@Test
	void theMdcOfWhoTellsStaysAsItWas() {
		MDC.put("user", "alice");
		this.log.tell(org.slf4j.event.Level.INFO, "made");
		assertThat(MDC.getCopyOfContextMap()).hasSize(1).containsEntry("user", "alice");
		MDC.clear();
		assertThat(this.lines.events().get(0).getMDCPropertyMap()).containsEntry("user", "alice")
			.containsEntry("scalesClient", "pricing");
	}

	@Test
	void aTextThatNobodyReadsIsNotBuilt() {
		this.lines.logger().setLevel(Level.ERROR);
		boolean told = this.log.tellSeldom(org.slf4j.event.Level.WARN, null, () -> {
			throw new AssertionError("built");
		});
		assertThat(told).isTrue();
		assertThat(this.lines.lines()).isEmpty();
	}

	@Test
	void whatServersSayIsOneLineAndCut() {
		this.log.tellSeldom(org.slf4j.event.Level.WARN, null,
				() -> "said: boom\r\n2026-01-01 INFO all is well \u001b[31m" + "x".repeat(5_000));
		assertThat(this.lines.lines()).singleElement().satisfies((line) -> {
			assertThat(line).startsWith("WARN [pricing] said: boom??2026-01-01 INFO all is well ?[31mxxx")
				.hasSizeLessThan(1_100);
			assertThat(line.lines()).hasSize(1);
		});
	}

	@Test
	void whatHappensOverAndOverIsToldTenTimesAndThenHowOftenItWasNot() {
		for (int i = 0; i < 15; i++) {
			this.log.tellSeldom(org.slf4j.event.Level.WARN, null, () -> "again");
		}
		assertThat(this.lines.lines()).hasSize(10);
		this.time.advance(Duration.ofSeconds(10));
		this.log.tellSeldom(org.slf4j.event.Level.WARN, null, () -> "again");
		assertThat(this.lines.lines()).hasSize(11)
			.last()
			.isEqualTo("WARN [pricing] again (5 lines like this one were left out)");
	}

	@Test
	void whoTellsWaitsForNoAppenderAndTooManyLinesAreLeftOut() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		AppenderBase<ILoggingEvent> stuck = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				entered.countDown();
				try {
					free.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		};
		stuck.start();
		this.lines.logger().addAppender(stuck);
		try {
			this.log.tellAside(org.slf4j.event.Level.WARN, null, () -> "first");
			assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
			for (int i = 0; i < LogWriter.MOST_WAITING + 7; i++) {
				this.log.tellAside(org.slf4j.event.Level.WARN, null, () -> "next");
			}
		}
		finally {
			free.countDown();
			this.lines.logger().detachAppender(stuck);
		}
		LogLines.await();
		this.log.tellAside(org.slf4j.event.Level.WARN, null, () -> "last");
		assertThat(this.lines.lines()).hasSize(LogWriter.MOST_WAITING + 2)
			.last()
			.isEqualTo("WARN [pricing] last (7 lines like this one were left out)");
	}

}
