package io.scalesrpc.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients of few calls each, with default budgets and up to three attempts a call:
 * what reaches the service for each call that is made. <em>Confined to the test's
 * thread.</em>
 */
class SmallClientsTests {

	private static final int CLIENTS = 1000;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final RandomGenerator random = ScriptedRandom.seeded(16);

	private long calls;

	private long attempts;

	private long failedCalls;

	@ParameterizedTest
	@ValueSource(ints = { 100, 1_000, 5_000, 10_000, 30_000 })
	void whenAllCallsFailTheyGetAFifthMoreAtMost(int gapMillis) {
		run(gapMillis, 0, MINUTE.multipliedBy(gapMillis > 10_000 ? 5 : 1), 1);
		assertThat(amplification()).isLessThanOrEqualTo(1.2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 1_000, 5_000, 10_000 })
	void whenAllCallsBeginToFailTheyGetAFifthMoreAtMost(int gapMillis) {
		run(gapMillis, 100, MINUTE, 1);
		assertThat(amplification()).isLessThanOrEqualTo(1.2);
	}

	/**
	 * An overload rarely fails everything. Of 20 minutes, since savings are spent once.
	 */
	@ParameterizedTest
	@CsvSource({ "100, 0.5", "1000, 0.5", "10000, 0.5", "100, 0.9", "1000, 0.9", "10000, 0.9" })
	void whenManyAttemptsFailTheyGetAFifthMoreAtMost(int gapMillis, double failing) {
		run(gapMillis, 100, Duration.ofMinutes(20), failing);
		assertThat(amplification()).isLessThanOrEqualTo(1.2);
	}

	/** One attempt of 20 fails; each retried once would leave 0.25 % of the calls. */
	@Test
	void aFailureNowAndThenIsRetriedHoweverFewCallsThereAre() {
		run(10_000, 100, Duration.ofSeconds(1000), 0.05);
		assertThat(this.failedCalls / (double) this.calls).isLessThan(0.004);
	}

	@Test
	void theFirstCallOfAClientMayBeRetried() {
		RetryBudget budget = RetryBudgetSettings.DEFAULT.newBudget(new FakeTime());
		assertThat(budget.balance()).isEqualTo(1.0);
		assertThat(budget.tryWithdraw()).isTrue();
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void callsOfABurstAreRetriedAsLongAsOthersOfItAreAnswered() {
		FakeTime time = new FakeTime();
		RetryBudget budget = RetryBudgetSettings.DEFAULT.newBudget(time);
		for (int i = 0; i < 100; i++) {
			budget.deposit();
			time.advance(Duration.ofSeconds(10));
		}
		budget.deposit();
		time.advance(Duration.ofMillis(900));
		assertThat(withdrawals(budget)).isEqualTo(5);
	}

	@Test
	void withoutARecentAnswerWhatWasSavedIsWorthOneRetry() {
		FakeTime time = new FakeTime();
		RetryBudget budget = RetryBudgetSettings.DEFAULT.newBudget(time);
		for (int i = 0; i < 100; i++) {
			budget.deposit();
			time.advance(Duration.ofSeconds(10));
		}
		time.advance(Duration.ofHours(1));
		assertThat(budget.balance()).isEqualTo(1.0);
		assertThat(withdrawals(budget)).isEqualTo(1);
		time.advance(Duration.ofHours(1));
		assertThat(budget.balance()).isZero();
		assertThat(withdrawals(budget)).isZero();
		budget.deposit();
		time.advance(Duration.ofSeconds(2));
		assertThat(withdrawals(budget)).isEqualTo(1);
	}

	private static int withdrawals(RetryBudget budget) {
		int count = 0;
		while (budget.tryWithdraw()) {
			count++;
		}
		return count;
	}

	private void run(int gapMillis, int answeredBefore, Duration time, double failing) {
		for (int client = 0; client < CLIENTS; client++) {
			run(Duration.ofMillis(gapMillis), answeredBefore, (int) (time.toMillis() / gapMillis), failing);
		}
	}

	/** Clients have nothing in common, so that one may come after the other. */
	private void run(Duration gap, int answeredBefore, int callsOfClient, double failing) {
		FakeTime time = new FakeTime();
		RetryBudget budget = RetryBudgetSettings.DEFAULT.newBudget(time);
		for (int i = 0; i < answeredBefore; i++) {
			budget.deposit();
			time.advance(gap);
		}
		for (int i = 0; i < callsOfClient; i++) {
			call(budget, failing);
			time.advance(gap);
		}
	}

	private void call(RetryBudget budget, double failing) {
		this.calls++;
		for (int attempt = 1; attempt <= 3; attempt++) {
			this.attempts++;
			if (this.random.nextDouble() >= failing) {
				budget.deposit();
				return;
			}
			if (attempt == 3 || !budget.tryWithdraw()) {
				this.failedCalls++;
				return;
			}
		}
	}

	private double amplification() {
		return this.attempts / (double) this.calls;
	}

}
