package io.scalesrpc.call;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class OutcomeTests {

	@Test
	void aReplyIsAnAnswer() {
		assertThat(Reply.EMPTY.answered()).isTrue();
		assertThat(Reply.of(1).answered()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void ofTheFailuresOnlyADeclaredExceptionIsAnAnswer(FailureKind kind) {
		assertThat(Failure.of(kind, "x").answered()).isEqualTo(kind == FailureKind.DECLARED);
	}

	@Test
	void aReplyOfNullIsTheEmptyReply() {
		assertThat(Reply.of(null)).isSameAs(Reply.EMPTY);
		assertThat(Reply.EMPTY.value()).isNull();
		assertThat(Reply.EMPTY.context().size()).isZero();
	}

	@Test
	void aFailureMayBeRetriedUnlessTheServerSaysOtherwise() {
		IOException cause = new IOException("reset");
		assertThat(Failure.of(FailureKind.CONNECTION_LOST, "lost", cause))
			.isEqualTo(new Failure(FailureKind.CONNECTION_LOST, "lost", cause, false));
		assertThat(Failure.of(FailureKind.CONNECTION_LOST, "lost").cause()).isNull();
		assertThat(Failure.of(FailureKind.CONNECTION_LOST, "lost").nonRetryable()).isFalse();
	}

	@Test
	void whoeverRefusesACallIsToldApart() {
		Failure ours = Failure.withheld("too many");
		Failure theirs = Failure.nack(FailureKind.NOT_SENT, "overloaded", false);
		assertThat(List.of(ours, theirs)).allMatch((failure) -> failure.kind() == FailureKind.NOT_SENT);
		assertThat(ours.nack()).isFalse();
		assertThat(ours.nonRetryable()).isTrue();
		assertThat(theirs.nack()).isTrue();
		assertThat(theirs.nonRetryable()).isFalse();
		assertThat(Failure.of(FailureKind.NOT_SENT, "connection refused").nack()).isFalse();
	}

	@Test
	void aDeclaredFailureCarriesItsException() {
		Exception exception = new Exception("division by zero");
		assertThat(Failure.declared(exception).kind()).isEqualTo(FailureKind.DECLARED);
		assertThat(Failure.declared(exception).cause()).isSameAs(exception);
		assertThatNullPointerException().isThrownBy(() -> Failure.declared(null));
	}

	@ParameterizedTest
	@EnumSource
	void aCallHasAChanceWhereTheSinkIsOpenOrIdle(SinkState state) {
		assertThat(state.isAvailable()).isEqualTo(state == SinkState.OPEN || state == SinkState.IDLE);
	}

	@Test
	void theStateOfAGroupIsItsMinimum() {
		assertThat(SinkState.values()).containsExactly(SinkState.OPEN, SinkState.IDLE, SinkState.BUSY,
				SinkState.CLOSED);
	}

}
