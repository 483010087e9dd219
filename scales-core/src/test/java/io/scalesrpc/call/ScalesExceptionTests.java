package io.scalesrpc.call;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;

import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.TestMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScalesExceptionTests {

	private final FakeTime time = new FakeTime();

	@ParameterizedTest
	@CsvSource({ "NOT_SENT,NotSentException", "CONNECTION_LOST,ConnectionLostException", "TIMEOUT,CallTimeoutException",
			"CANCELLED,CallCancelledException", "REMOTE,RemoteCallException", "DECLARED,RemoteCallException",
			"INTERNAL,InternalCallException" })
	void everyKindHasItsException(FailureKind kind, String name) {
		IllegalStateException cause = new IllegalStateException("oops");
		ScalesException exception = ScalesException.of(Failure.of(kind, "reason", cause), details(), true);
		assertThat(exception.getClass().getSimpleName()).isEqualTo(name);
		assertThat(exception.kind()).isEqualTo(kind);
		assertThat(exception).hasCause(cause);
	}

	@Test
	void theTextTellsAllThatIsKnown() {
		ScalesException exception = ScalesException.of(Failure.of(FailureKind.TIMEOUT, "no answer within 30 ms"),
				details(), true);
		assertThat(exception).hasMessage("[calculator] Calculator.add: no answer within 30 ms"
				+ " (member 127.0.0.1:9090, attempts 1, elapsed 31 ms, timeout 30 ms)");
	}

	@Test
	void withoutMemberTheTextSaysSo() {
		Call call = new Call(new TestMethod("com.acme.Calculator", "add", false), new Object[0],
				Deadline.after(Duration.ofSeconds(2), this.time.nanos()), Context.empty());
		this.time.advance(Duration.ofNanos(312_999));
		CallDetails details = CallDetails.of("calculator", call, this.time.nanos());
		assertThat(details.describe("no members")).isEqualTo(
				"[calculator] Calculator.add: no members (no member, attempts 0, elapsed 312 us, timeout 2000 ms)");
	}

	@Test
	void onlyWhatWasSentCountsAsAnAttempt() {
		Call call = Calls.call(this.time);
		call.attempt(call.deadline());
		assertThat(CallDetails.of("calculator", call, this.time.nanos()).attempts()).isZero();
		call.attempt(call.deadline()).target("127.0.0.1:9090");
		call.attempt(call.deadline()).target("127.0.0.1:9091");
		assertThat(CallDetails.of("calculator", call, this.time.nanos()).attempts()).isEqualTo(2);
		call.end(Reply.EMPTY);
	}

	@Test
	void aFailureThatForbidsARetryIsFoundBehindWhatItWasWrappedIn() {
		Failure failure = Failure.of(FailureKind.REMOTE, "reason");
		ScalesException open = ScalesException.of(failure, details(), true);
		ScalesException spent = ScalesException.of(failure.withoutRetry(), details(), true);
		assertThat(open.isRetryable()).isTrue();
		assertThat(spent.isRetryable()).isFalse();
		assertThat(ScalesException.nonRetryableCause(open)).isNull();
		assertThat(ScalesException.nonRetryableCause(spent)).isSameAs(spent);
		assertThat(ScalesException.nonRetryableCause(new IllegalStateException(new RuntimeException(spent))))
			.isSameAs(spent);
	}

	@Test
	void causesThatGoRoundInACircleEnd() {
		Exception first = new Exception();
		Exception second = new Exception(first);
		first.initCause(second);
		assertThat(ScalesException.nonRetryableCause(first)).isNull();
	}

	@Test
	void anExceptionOfAnEventLoopHasNoStack() {
		assertThat(ScalesException.of(Failure.of(FailureKind.REMOTE, "reason"), details(), false).getStackTrace())
			.isEmpty();
	}

	@Test
	void anExceptionTravelsThroughSerialization() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(ScalesException.of(Failure.of(FailureKind.REMOTE, "reason"), details(), true));
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			ScalesException read = (ScalesException) in.readObject();
			assertThat(read).hasMessageStartingWith("[calculator] Calculator.add: reason (member 127.0.0.1:9090");
		}
	}

	private static CallDetails details() {
		return new CallDetails("calculator", "Calculator.add", "127.0.0.1:9090", 1, Duration.ofMillis(31),
				Duration.ofMillis(30));
	}

}
