package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.timeout.DeadlineFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three members, of which the first accepts calls and never answers; the others take 20
 * ms. Calls have a second. <em>Confined to the test's thread.</em>
 */
@Tag("soak")
class HungMemberTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** With so many callers and answers after 20 ms. */
	private static final int CALLERS = 16;

	private static final int FULL = CALLERS * 50;

	private BalancerFixture fixture = new BalancerFixture(BalancerType.HEAP);

	private DeadlineFilter deadlines = new DeadlineFilter(this.fixture.time, this.fixture.time);

	private int answered;

	private boolean over;

	/**
	 * After the first timeouts one of 16 callers at a time finds out whether it is back.
	 */
	@ParameterizedTest
	@EnumSource
	void callersLoseLittleOnceTheFirstOfThemHaveTimedOut(BalancerType type) {
		begin(type);
		for (int i = 0; i < CALLERS; i++) {
			callAgainAndAgain();
		}
		this.fixture.time.advance(SECOND);
		assertThat(answeredIn(SECOND)).isEqualTo(FULL);
		hang();
		this.fixture.time.advance(SECOND.plusMillis(100));
		List<Integer> seconds = new ArrayList<>();
		for (int second = 0; second < 40; second++) {
			seconds.add(answeredIn(SECOND));
		}
		this.over = true;
		this.fixture.time.advance(SECOND);
		assertThat(seconds.stream().mapToInt(Integer::intValue).average().orElse(0)).isGreaterThan(FULL * 0.95);
		assertThat(seconds).allMatch((count) -> count > FULL * 0.85);
	}

	/** Before that its silence tells, unless few answers are expected in the time. */
	@ParameterizedTest
	@EnumSource
	void callsThatComeWhateverBecomesOfOthersGoElsewhereBeforeTheFirstTimesOut(BalancerType type) {
		begin(type);
		callEveryMillisecond(1000);
		int before = this.fixture.count(1);
		hang();
		callEveryMillisecond(990);
		assertThat(this.fixture.count(1) - before).isBetween(1, 100);
		this.fixture.time.advance(SECOND);
	}

	@Test
	void aMemberThatAnswersAgainHasItsShareAtOnce() {
		begin(BalancerType.ROUND_ROBIN);
		callEveryMillisecond(1000);
		hang();
		callEveryMillisecond(500);
		this.fixture.sink(1).calls().forEach((call) -> call.end(Reply.EMPTY));
		this.fixture.sink(1).behave(this::answer);
		int before = this.fixture.count(1);
		callEveryMillisecond(300);
		assertThat(this.fixture.count(1) - before).isBetween(95, 105);
		this.fixture.time.advance(SECOND);
	}

	@Test
	void whereAllAreSilentCallsStillGoToAllOfThem() {
		begin(BalancerType.ROUND_ROBIN);
		callEveryMillisecond(1000);
		this.fixture.behave(1, 3, (call) -> {
		});
		callEveryMillisecond(900);
		assertThat(this.fixture.load(1)).isBetween(250, 350);
		assertThat(this.fixture.load(2)).isBetween(250, 350);
		this.fixture.time.advance(SECOND);
	}

	private void begin(BalancerType type) {
		this.fixture = new BalancerFixture(type).of(3);
		this.deadlines = new DeadlineFilter(this.fixture.time, this.fixture.time);
		this.fixture.behave(1, 3, this::answer);
	}

	private void hang() {
		this.fixture.sink(1).behave((call) -> {
		});
	}

	private int answeredIn(Duration time) {
		this.answered = 0;
		this.fixture.time.advance(time);
		return this.answered;
	}

	private void callEveryMillisecond(int times) {
		for (int i = 0; i < times; i++) {
			call();
			this.fixture.time.advance(Duration.ofMillis(1));
		}
	}

	private void callAgainAndAgain() {
		if (!this.over) {
			call().onOutcome(
					(call, outcome) -> this.fixture.time.schedule(this::callAgainAndAgain, 0, TimeUnit.NANOSECONDS));
		}
	}

	private Call call() {
		Call call = Calls.call(this.fixture.time, SECOND);
		call.onOutcome((ended, outcome) -> this.answered += (outcome instanceof Reply) ? 1 : 0);
		this.deadlines.filter(call, this.fixture.balancer);
		return call;
	}

	private void answer(Call call) {
		this.fixture.time.schedule(() -> call.end(Reply.EMPTY), 20, TimeUnit.MILLISECONDS);
	}

}
