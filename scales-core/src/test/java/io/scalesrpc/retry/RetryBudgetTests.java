package io.scalesrpc.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryBudgetTests {

	private static final Duration TTL = Duration.ofSeconds(10);

	private final FakeTime time = new FakeTime();

	@Test
	void aFreshBudgetHoldsItsReserve() {
		RetryBudget budget = new RetryBudget(0.2, 10, TTL, this.time);
		assertThat(budget.balance()).isEqualTo(100.0);
		assertThat(withdraw(budget, 1000)).isEqualTo(100);
		assertThat(budget.balance()).isZero();
	}

	@Test
	void fiveCallsEarnOneRetry() {
		RetryBudget budget = new RetryBudget(0.2, 0, TTL, this.time);
		deposit(budget, 4);
		assertThat(budget.tryWithdraw()).isFalse();
		budget.deposit();
		assertThat(budget.tryWithdraw()).isTrue();
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void aBudgetOfNothingAllowsNothing() {
		RetryBudget budget = new RetryBudget(0, 0, TTL, this.time);
		deposit(budget, 1000);
		assertThat(withdraw(budget, 10)).isZero();
	}

	@Test
	void aRefusedRetryCostsNothing() {
		RetryBudget budget = new RetryBudget(0.5, 0, TTL, this.time);
		budget.deposit();
		withdraw(budget, 100);
		budget.deposit();
		assertThat(budget.tryWithdraw()).isTrue();
	}

	@Test
	void whatIsGivenBackCanBeTakenAgain() {
		RetryBudget budget = new RetryBudget(1, 0, TTL, this.time);
		budget.deposit();
		assertThat(budget.tryWithdraw()).isTrue();
		budget.giveBack();
		assertThat(budget.balance()).isEqualTo(1.0);
		this.time.advance(TTL.plus(TTL.dividedBy(10)));
		assertThat(budget.balance()).isZero();
	}

	@Test
	void depositsAreForgottenAfterTheirTimeToLive() {
		RetryBudget budget = new RetryBudget(1, 0, TTL, this.time);
		deposit(budget, 7);
		this.time.advance(TTL.minusNanos(1));
		assertThat(budget.balance()).isEqualTo(7.0);
		this.time.advance(TTL.dividedBy(10).plusNanos(1));
		assertThat(budget.balance()).isZero();
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void theReserveComesBackWhenItsRetriesAreForgotten() {
		RetryBudget budget = new RetryBudget(0.2, 1, TTL, this.time);
		assertThat(withdraw(budget, 11)).isEqualTo(10);
		this.time.advance(TTL);
		assertThat(budget.balance()).isZero();
		this.time.advance(TTL.dividedBy(10));
		assertThat(budget.balance()).isEqualTo(10.0);
	}

	@Test
	void aLongSilenceForgetsEverything() {
		RetryBudget budget = new RetryBudget(1, 1, TTL, this.time);
		deposit(budget, 50);
		this.time.advance(Duration.ofDays(30));
		deposit(budget, 1);
		assertThat(budget.balance()).isEqualTo(11.0);
	}

	@Test
	void retriesMadeOnForgottenDepositsStillCount() {
		RetryBudget budget = new RetryBudget(1, 1, TTL, this.time);
		deposit(budget, 90);
		this.time.advance(Duration.ofSeconds(9));
		assertThat(withdraw(budget, 100)).isEqualTo(100);
		this.time.advance(Duration.ofSeconds(5));
		deposit(budget, 5);
		assertThat(budget.balance()).isZero();
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void underSteadyFailureRetriesAreAFifthOfTheCallsPlusTheReserve() {
		RetryBudget budget = new RetryBudget(0.2, 10, TTL, this.time);
		int retries = 0;
		for (int millis = 0; millis < 60_000; millis++) {
			budget.deposit();
			retries += withdraw(budget, 2);
			this.time.advance(Duration.ofMillis(1));
		}
		assertThat(retries).isBetween(60_000 / 5 + 500, 60_000 / 5 + 600);
	}

	@Test
	void threadsTogetherWithdrawExactlyWhatIsThere() throws InterruptedException {
		RetryBudget budget = new RetryBudget(0.5, 10, TTL, this.time);
		AtomicInteger withdrawn = new AtomicInteger();
		onFourThreads(() -> {
			budget.deposit();
			withdrawn.addAndGet(withdraw(budget, 1));
		});
		assertThat(withdrawn.get() + budget.balance()).isEqualTo(100 + 40_000 * 0.5);
		assertThat(withdrawn.get() + withdraw(budget, 100_000)).isEqualTo(20_100);
	}

	@Test
	void whenEverythingIsForgottenTheReserveIsLeftHoweverThreadsRacedWithTheTime() throws InterruptedException {
		RetryBudget budget = new RetryBudget(0.5, 10, TTL, this.time);
		onFourThreads(() -> {
			budget.deposit();
			budget.tryWithdraw();
			this.time.advance(Duration.ofMillis(1));
		});
		this.time.advance(TTL.multipliedBy(2));
		assertThat(budget.balance()).isEqualTo(100.0);
	}

	@Test
	void refusesValuesOutOfRange() {
		assertRefused(-0.1, 10, TTL, "ratio: -0.1 (expected: 0..1000)");
		assertRefused(Double.NaN, 10, TTL, "ratio: NaN (expected: 0..1000)");
		assertRefused(1001, 10, TTL, "ratio: 1001.0 (expected: 0..1000)");
		assertRefused(0.2, -1, TTL, "minPerSecond: -1 (expected: >= 0)");
		assertRefused(0.2, 10, Duration.ofMillis(999), "ttl: PT0.999S (expected: PT1S..PT1M)");
		assertRefused(0.2, 10, Duration.ofSeconds(Long.MAX_VALUE),
				"ttl: " + Duration.ofSeconds(Long.MAX_VALUE) + " (expected: PT1S..PT1M)");
	}

	private void assertRefused(double ratio, int minPerSecond, Duration ttl, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(ratio, minPerSecond, ttl, this.time))
			.withMessage(message);
	}

	private static void deposit(RetryBudget budget, int calls) {
		for (int i = 0; i < calls; i++) {
			budget.deposit();
		}
	}

	private static int withdraw(RetryBudget budget, int times) {
		int allowed = 0;
		for (int i = 0; i < times; i++) {
			allowed += budget.tryWithdraw() ? 1 : 0;
		}
		return allowed;
	}

	private static void onFourThreads(Runnable step) throws InterruptedException {
		CountDownLatch start = new CountDownLatch(1);
		Thread[] threads = new Thread[4];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> {
				awaitUninterrupted(start);
				IntStream.range(0, 10_000).forEach((number) -> step.run());
			}, "budget-" + i);
			threads[i].start();
		}
		start.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
