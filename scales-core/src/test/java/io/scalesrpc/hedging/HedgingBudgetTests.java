package io.scalesrpc.hedging;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HedgingBudgetTests {

	private static final Duration AFTER = Duration.ofMillis(11);

	private final HedgingFixture fixture = new HedgingFixture().learned();

	/** Sends calls that take much longer than all before, and ends them. */
	private int hedgesOf(int calls) {
		int before = (int) this.fixture.count("sent");
		for (int i = 0; i < calls; i++) {
			Call call = this.fixture.send(this.fixture.call());
			this.fixture.time.advance(AFTER);
			call.end(Reply.EMPTY);
		}
		return (int) this.fixture.count("sent") - before;
	}

	@Test
	void noMoreThanTheShareOfAllCallsIsSentTwice() {
		int sent = hedgesOf(200);
		assertThat(sent).isBetween(50, 60);
		assertThat(this.fixture.count("budget_exhausted")).isGreaterThan(100);
	}

	@Test
	void anEmptyBudgetLeavesTheFirstAttemptAlone() {
		hedgesOf(200);
		Call call = this.fixture.send(this.fixture.call());
		this.fixture.next.calls().clear();
		this.fixture.time.advance(AFTER);
		assertThat(this.fixture.next.calls()).isEmpty();
		assertThat(call.isEnded()).isFalse();
		call.end(Reply.EMPTY);
	}

	@Test
	void theBudgetOfTheClientsRetriesCountsToo() {
		while (this.fixture.retries.tryWithdraw()) {
			continue;
		}
		assertThat(hedgesOf(3)).isZero();
		assertThat(this.fixture.count("budget_exhausted")).isEqualTo(3);
	}

	@Test
	void whatTheClientsBudgetRefusesIsNotTakenFromTheOwn() {
		int refused = 0;
		while (this.fixture.retries.tryWithdraw()) {
			refused++;
		}
		hedgesOf(100);
		for (int i = 0; i < refused; i++) {
			this.fixture.retries.giveBack();
		}
		assertThat(hedgesOf(10)).isEqualTo(10);
	}

	@Test
	void secondAttemptsTakeFromTheBudgetOfTheClientsRetries() {
		double before = this.fixture.retries.balance();
		assertThat(hedgesOf(3)).isEqualTo(3);
		assertThat(before - this.fixture.retries.balance()).isEqualTo(3.0);
	}

	@Test
	void whatNightsSavedIsForgotten() {
		this.fixture.time.advance(Duration.ofMinutes(5));
		assertThat(hedgesOf(5)).isZero();
	}

}
