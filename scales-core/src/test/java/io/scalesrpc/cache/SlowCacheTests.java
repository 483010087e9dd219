package io.scalesrpc.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stage over a cache of another process, which is asked elsewhere.
 */
class SlowCacheTests {

	private final CacheFixture fixture = new CacheFixture();

	private final MapCache cache = new MapCache(true);

	private final CacheSettings settings = CacheSettings.of(this.cache, Duration.ofSeconds(10));

	private CapturingObserver call() {
		return this.fixture.call(this.settings, "a");
	}

	private void answer(String text) {
		this.fixture.server.last().end(Reply.of(new ArrayList<>(List.of(text))));
	}

	private void keepOne() {
		call();
		this.fixture.look();
		answer("x");
		this.fixture.look();
	}

	@Test
	void theCallersThreadDoesNotAskIt() {
		CapturingObserver caller = call();
		assertThat(this.cache.looks).isZero();
		this.fixture.look();
		assertThat(this.cache.looks).isOne();
		answer("x");
		assertThat(caller.value()).isEqualTo(List.of("x"));
		assertThat(this.cache.entries).isEmpty();
		this.fixture.look();
		assertThat(this.cache.entries).hasSize(1);
	}

	@Test
	void oneLookUpAnswersAllWhoWait() {
		keepOne();
		CapturingObserver first = call();
		CapturingObserver second = call();
		this.fixture.look();
		assertThat(first.value()).isEqualTo(List.of("x"));
		assertThat(second.value()).isEqualTo(List.of("x")).isNotSameAs(first.value());
		assertThat(this.cache.looks).isEqualTo(2);
		assertThat(this.fixture.server.calls()).hasSize(1);
		assertThat(this.fixture.count("hit")).isOne();
	}

	@Test
	void untilAResultIsKeptItIsStillInTheAir() {
		call();
		this.fixture.look();
		answer("x");
		assertThat(call().value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.server.calls()).hasSize(1);
	}

	@Test
	void aCacheThatHangsKeepsNoResultInTheAir() {
		call();
		this.fixture.look();
		answer("x");
		this.fixture.time.advance(Duration.ofMillis(99));
		assertThat(call().value()).isEqualTo(List.of("x"));
		this.fixture.time.advance(Duration.ofMillis(1));
		CapturingObserver late = call();
		this.fixture.time.advance(Duration.ofMillis(100));
		assertThat(this.fixture.server.calls()).hasSize(2);
		answer("y");
		assertThat(late.value()).isEqualTo(List.of("y"));
		this.fixture.look();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCallDoesNotWaitForACacheThatHangs() {
		CapturingObserver caller = call();
		this.fixture.time.advance(Duration.ofMillis(100));
		assertThat(this.fixture.server.calls()).hasSize(1);
		this.fixture.look();
		assertThat(this.fixture.server.calls()).hasSize(1);
		assertThat(this.cache.looks).isZero();
		answer("x");
		assertThat(caller.value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.count("error")).isOne();
		this.fixture.look();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCallDoesNotWaitWhereTooManyWait() {
		this.fixture.refusing = true;
		CapturingObserver caller = call();
		answer("x");
		assertThat(caller.value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aDeadlineCoversTheLookUp() {
		Call call = this.fixture.send(this.settings, Duration.ofMillis(30), List.of("a"));
		this.fixture.time.advance(Duration.ofMillis(30));
		assertThat(call.outcome()).isEqualTo(Failure.of(FailureKind.TIMEOUT, "no answer within 30 ms"));
		this.fixture.look();
		assertThat(this.fixture.server.calls()).isEmpty();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aRefreshIsAskedForByOneOfThoseWhoShareALookUp() {
		CacheSettings eager = this.settings.withRefreshAfter(Duration.ofSeconds(5));
		keepOne();
		this.fixture.time.advance(Duration.ofSeconds(6));
		CapturingObserver first = this.fixture.call(eager, "a");
		CapturingObserver second = this.fixture.call(eager, "a");
		this.fixture.look();
		assertThat(first.value()).isEqualTo(second.value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.server.calls()).hasSize(2);
		answer("y");
		this.fixture.look();
		CapturingObserver third = this.fixture.call(eager, "a");
		this.fixture.look();
		assertThat(third.value()).isEqualTo(List.of("y"));
	}

}
