package io.scalesrpc.http.message;

import java.time.Duration;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.http.ScalesHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StatusRulesTests {

	private final StatusRules rules = StatusRules.parse(StatusRules.DEFAULT);

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 301, 302, 400, 404, 409, 428, 430, 499 })
	void theseAreAnswers(int status) {
		assertThat(this.rules.outcome(answer(status))).isInstanceOf(Reply.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 501, 502, 503, 504, 599 })
	void theseAreFailuresThatMayBeTriedAgain(int status) {
		Failure failure = failure(this.rules.outcome(answer(status)));
		assertThat(failure.kind()).isEqualTo(FailureKind.REMOTE);
		assertThat(failure.nonRetryable()).isFalse();
		assertThat(failure.reason()).isEqualTo("answer " + status);
	}

	@Test
	void aFailureHasTheAnswer() {
		ScalesHttpResponse answer = answer(500);
		Failure failure = failure(this.rules.outcome(answer));
		assertThat(failure.cause()).isInstanceOfSatisfying(HttpStatusException.class,
				(ex) -> assertThat(ex.response()).isSameAs(answer));
	}

	@Test
	void aServerThatSaysWhenToComeBackIsNotAskedAgainAtOnce() {
		assertThat(failure(this.rules.outcome(answer(429))).nonRetryable()).isTrue();
		assertThat(failure(this.rules.outcome(answer(503, "Retry-After", "soon"))).nonRetryable()).isTrue();
		assertThat(failure(this.rules.outcome(answer(503, "Retry-After", "9999999999"))).nonRetryable()).isTrue();
		assertThat(failure(this.rules.outcome(answer(503, "finagle-http-nonretryable-nack", "true"))).nonRetryable())
			.isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0|0", " 7 |7", "Wed, 21 Oct 2026 07:28:05 GMT|5", "Wed, 21 Oct 2026 07:27:00 GMT|0" })
	void aServerThatSaysWhenToComeBackIsAskedThen(String value, int seconds) {
		Failure failure = failure(
				this.rules.outcome(answer(429, "Retry-After", value, "Date", "Wed, 21 Oct 2026 07:28:00 GMT")));
		assertThat(failure.nonRetryable()).isFalse();
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
	}

	@Test
	void aDateToComeBackAtSaysNothingWithoutThatOfTheAnswer() {
		Failure failure = failure(this.rules.outcome(answer(503, "Retry-After", "Wed, 21 Oct 2026 07:28:05 GMT")));
		assertThat(failure.retryAfter()).isNull();
		assertThat(failure.nonRetryable()).isTrue();
	}

	@Test
	void aNackMaySayWhenToComeBack() {
		Failure failure = failure(this.rules.outcome(answer(503, "finagle-http-nack", "true", "Retry-After", "2")));
		assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aNackOfFinagleWasNotWorkedOn() {
		Failure failure = failure(this.rules.outcome(answer(503, "finagle-http-nack", "true")));
		assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(failure.nack()).isTrue();
		assertThat(failure.nonRetryable()).isFalse();
	}

	@Test
	void rulesAreStatusesClassesAndRanges() {
		StatusRules own = StatusRules.parse(" 4XX, 502-504,301 ");
		for (int status : new int[] { 400, 499, 502, 503, 504, 301 }) {
			assertThat(own.outcome(answer(status))).isInstanceOf(Failure.class);
		}
		for (int status : new int[] { 200, 302, 500, 501, 505 }) {
			assertThat(own.outcome(answer(status))).isInstanceOf(Reply.class);
		}
		assertThat(StatusRules.parse("").outcome(answer(500))).isInstanceOf(Reply.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "6xx", "5x", "99", "1000", "500-", "a", "-500" })
	void rulesThatAreNoneAreRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> StatusRules.parse(text))
			.withMessageContaining("option failure-statuses: " + text);
	}

	private static Failure failure(Outcome outcome) {
		return (Failure) outcome;
	}

	private static ScalesHttpResponse answer(int status, String... headers) {
		return new ScalesHttpResponse(status, "Because", new HttpFields(headers), new byte[0]);
	}

}
