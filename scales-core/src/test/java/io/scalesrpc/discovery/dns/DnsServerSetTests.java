package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class DnsServerSetTests {

	private static final double NO_JITTER_OF_FAILURES = 0.5;

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final ScriptedRandom random = ScriptedRandom.of();

	private final FakeSession session = new FakeSession(this.time);

	private final AtomicInteger opened = new AtomicInteger();

	private final List<List<Member>> told = new ArrayList<>();

	private final DnsServerSet set = new DnsServerSet("dns://prices:9090", () -> {
		this.opened.incrementAndGet();
		return this.session;
	}, new RefreshDelay(this.random), Duration.ofSeconds(20), this.time);

	@AfterEach
	void everythingIsGivenBack() {
		this.set.close();
		assertThat(this.session.closed).isEqualTo(this.opened.get());
	}

	@Test
	void nothingIsHeldBeforeItIsWatched() {
		assertThat(this.opened).hasValue(0);
		this.set.close();
		this.set.watch(this.told::add);
		assertThat(this.opened).hasValue(0);
	}

	@Test
	void watchingWaitsForNoAnswer() {
		this.set.watch(this.told::add);
		assertThat(this.told).isEmpty();
		found(30, "10.0.0.1", "10.0.0.2");
		assertThat(this.told).containsExactly(members("10.0.0.1", "10.0.0.2"));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "7, 7", "269, 269", "270, 270", "86400, 270" })
	void theNextLookupComesWhenTheTtlIsOverWithinBounds(long ttl, long seconds) {
		this.set.watch(this.told::add);
		found(ttl, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(seconds).minusNanos(1));
		assertThat(this.session.lookups).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.session.lookups).hasSize(1);
		found(60, "10.0.0.2");
		assertThat(this.told).last().isEqualTo(members("10.0.0.2"));
	}

	@Test
	void chanceMakesTheWaitUpToATenthLongerAndNeverShorter() {
		this.random.then(0.5, 0.0);
		this.set.watch(this.told::add);
		this.session.lookups.remove().accept(result(100, "10.0.0.1"));
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(105));
		this.time.advance(Duration.ofSeconds(105));
		this.session.lookups.remove().accept(result(100, "10.0.0.1"));
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(100));
	}

	@Test
	void theLongestWaitIsBelowFiveMinutesWithItsJitter() {
		RefreshDelay longest = new RefreshDelay(ScriptedRandom.of(Math.nextDown(1.0)));
		assertThat(Duration.ofNanos(longest.nanosAfter(Duration.ofDays(1)))).isBetween(Duration.ofSeconds(290),
				Duration.ofSeconds(298));
	}

	@Test
	void anotherOrderIsNoChange() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1", "10.0.0.2");
		this.time.advance(Duration.ofSeconds(1));
		found(1, "10.0.0.2", "10.0.0.1");
		assertThat(this.told).hasSize(1);
	}

	@Test
	void anotherWeightIsAChange() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(1));
		this.random.then(0.0);
		Member heavy = new Member("10.0.0.1", 9090, 2, Members.NAMED);
		this.session.lookups.remove().accept(new LookupResult.Found(List.of(heavy), Duration.ofDays(1), 0, null));
		assertThat(this.told).last().isEqualTo(List.of(heavy));
	}

	@Test
	void aFailureKeepsTheMembersAndIsTriedAgainSoonThenLessOften() {
		this.set.watch(this.told::add);
		found(120, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(120));
		List<Duration> waits = new ArrayList<>();
		for (int failure = 1; failure <= 6; failure++) {
			fail();
			waits.add(this.time.untilNext());
			this.time.advance(this.time.untilNext());
		}
		assertThat(waits).extracting(Duration::toMillis).containsExactly(5000L, 8000L, 12800L, 20480L, 30000L, 30000L);
		assertThat(this.told).hasSize(1);
		found(1, "10.0.0.9");
		assertThat(this.told).last().isEqualTo(members("10.0.0.9"));
		this.time.advance(Duration.ofSeconds(1));
		fail();
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void thatThereIsNoSuchNameIsBelievedAfterTheGrace() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(1));
		List<Duration> waits = new ArrayList<>();
		for (int answer = 1; answer <= 3; answer++) {
			gone();
			waits.add(this.time.untilNext());
			this.time.advance(this.time.untilNext());
		}
		assertThat(waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(7));
		assertThat(this.told).hasSize(1);
		gone();
		assertThat(this.told).hasSize(2).last().isEqualTo(List.of());
		assertThat(this.set.status().lastError()).isEqualTo("no such name");
		this.time.advance(this.time.untilNext());
		gone();
		assertThat(this.told).hasSize(2);
		this.time.advance(this.time.untilNext());
		found(1, "10.0.0.1");
		assertThat(this.told).last().isEqualTo(members("10.0.0.1"));
	}

	@Test
	void failuresBetweenAreNotBelievedAndDoNotEndTheGrace() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(1));
		gone();
		this.time.advance(this.time.untilNext());
		for (int failure = 0; failure < 5; failure++) {
			fail();
			this.time.advance(this.time.untilNext());
		}
		assertThat(this.told).hasSize(1);
		gone();
		assertThat(this.told).last().isEqualTo(List.of());
	}

	@Test
	void anAnswerBetweenBeginsTheGraceAnew() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1");
		for (int round = 0; round < 4; round++) {
			this.time.advance(this.time.untilNext());
			gone();
			this.time.advance(this.time.untilNext());
			gone();
			this.time.advance(this.time.untilNext());
			found(1, "10.0.0.1");
		}
		assertThat(this.told).hasSize(1);
	}

	@Test
	void anUnknownNameThatNeverHadMembersIsNoEmptyList() {
		this.set.watch(this.told::add);
		for (int answer = 0; answer < 5; answer++) {
			gone();
			this.time.advance(this.time.untilNext());
		}
		assertThat(this.told).isEmpty();
	}

	@Test
	void theWaitAfterAFailureHasJitter() {
		this.set.watch(this.told::add);
		this.random.then(0.0);
		this.session.lookups.remove().accept(new LookupResult.Failed("SERVFAIL"));
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void aLookupWithoutResultIsGivenUpAndItsLateResultIgnored() {
		this.set.watch(this.told::add);
		found(1, "10.0.0.1");
		this.time.advance(Duration.ofSeconds(1));
		var late = this.session.lookups.remove();
		this.random.then(NO_JITTER_OF_FAILURES);
		this.time.advance(DnsRefresher.LONGEST_LOOKUP);
		assertThat(this.set.status().lastError()).isEqualTo("no result within 60 s");
		late.accept(result(1, "10.0.0.66"));
		this.time.advance(Duration.ofSeconds(5));
		late.accept(result(1, "10.0.0.66"));
		assertThat(this.session.lookups).hasSize(1);
		assertThat(this.told).hasSize(1);
	}

	@Test
	void theStatusTellsAgeErrorAndBadRecords() {
		assertThat(this.set.status()).isEqualTo(SourceStatus.UNKNOWN);
		this.set.watch(this.told::add);
		fail();
		assertThat(this.set.status()).isEqualTo(new SourceStatus(null, "SERVFAIL", 0));
		this.time.advance(Duration.ofSeconds(5));
		this.random.then(0.0);
		this.session.lookups.remove()
			.accept(new LookupResult.Found(members("10.0.0.1"), Duration.ofSeconds(30), 3, null));
		this.time.advance(Duration.ofSeconds(7));
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ofSeconds(7), null, 3));
		this.time.advance(Duration.ofSeconds(23));
		fail();
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ofSeconds(30), "SERVFAIL", 3));
	}

	@Test
	void anAnswerInPartIsTakenAndSaysSo() {
		this.set.watch(this.told::add);
		this.random.then(0.0);
		this.session.lookups.remove()
			.accept(new LookupResult.Found(members("10.0.0.1"), Duration.ofSeconds(9), 0, "no answer for AAAA"));
		assertThat(this.told).hasSize(1);
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ZERO, "no answer for AAAA", 0));
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void aSetClosedDuringALookupIsToldNothing() {
		this.set.watch(this.told::add);
		var pending = this.session.lookups.remove();
		this.set.close();
		pending.accept(result(1, "10.0.0.1"));
		this.set.close();
		assertThat(this.told).isEmpty();
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void aWatcherMayCloseTheSet() {
		this.set.watch((members) -> this.set.close());
		found(1, "10.0.0.1");
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void troubleThatLastsIsLoggedOnce() {
		Logger logger = (Logger) LoggerFactory.getLogger(DnsRefresher.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			this.set.watch(this.told::add);
			fail();
			failAgain();
			failAgain();
			this.time.advance(this.time.untilNext());
			found(1, "10.0.0.1");
			failAgain();
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(log.list).filteredOn((event) -> event.getLevel() == Level.WARN)
			.extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("dns://prices:9090: look-up failed, keeping 0 members: SERVFAIL",
					"dns://prices:9090: look-up failed, keeping 1 members: SERVFAIL");
	}

	private void failAgain() {
		this.time.advance(this.time.untilNext());
		fail();
	}

	@Test
	void theUriIsItsText() {
		assertThat(this.set).hasToString("dns://prices:9090");
	}

	private void found(long ttl, String... hosts) {
		this.random.then(0.0);
		this.session.lookups.remove().accept(result(ttl, hosts));
	}

	private void fail() {
		this.random.then(NO_JITTER_OF_FAILURES);
		this.session.lookups.remove().accept(new LookupResult.Failed("SERVFAIL"));
	}

	private void gone() {
		this.random.then(NO_JITTER_OF_FAILURES);
		this.session.lookups.remove().accept(new LookupResult.Gone("no such name"));
	}

	private static LookupResult result(long ttl, String... hosts) {
		return new LookupResult.Found(members(hosts), Duration.ofSeconds(ttl), 0, null);
	}

	private static List<Member> members(String... hosts) {
		return Members.at(9090, hosts);
	}

}
