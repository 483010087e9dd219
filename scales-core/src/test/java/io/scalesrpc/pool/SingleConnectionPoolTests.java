package io.scalesrpc.pool;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;

import static org.assertj.core.api.Assertions.assertThat;

class SingleConnectionPoolTests extends PoolContract {

	SingleConnectionPoolTests() {
		super(new PoolSettings(1, 1, 200, Duration.ofMinutes(1), Duration.ZERO));
	}

	/** The original lost its only connection for ever. */
	@Test
	void callsThatTimeOutWhileTheyWaitDoNotTakeTheConnectionAlong() {
		Call working = this.fixture.dispatch();
		for (int i = 0; i < 200; i++) {
			this.fixture.dispatch(SECOND);
		}
		this.fixture.time.advance(SECOND);
		assertThat(this.fixture.pool.waitingCalls()).isZero();
		this.fixture.answerAll();
		assertThat(working.outcome()).isInstanceOf(Reply.class);
		Call next = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(next.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.opened).hasSize(1);
	}

	@Test
	void callsThatWaitAreServedInTheirOrder() {
		List<Call> calls = this.fixture.dispatch(5);
		for (Call call : calls) {
			assertThat(this.fixture.opened.get(0).current()).isSameAs(call);
			this.fixture.opened.get(0).answer();
		}
	}

	@Test
	void whatTheMatterIsSaysHowManyWait() {
		this.fixture.dispatch(3);
		assertThat(this.fixture.pool.problem()).isEqualTo("calls waiting for one of 1 connections: 2");
		this.fixture.answerAll();
		assertThat(this.fixture.pool.problem()).isEmpty();
	}

}
