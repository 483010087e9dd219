package io.scalesrpc.mux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.mux.finagle.ClientIdContext;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.mux.finagle.HeadersContext;
import io.scalesrpc.mux.finagle.RetriesContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ContextValueTests {

	@Test
	void aFailureShorterThanItsFlagsIsIgnoredAndALongerOneIsReadInItsFirstBytes() {
		assertThat(MuxFailure.decode(Hex.bytes("00000000000003"))).isNull();
		assertThat(MuxFailure.decode(new byte[0])).isNull();
		assertThat(MuxFailure.decode(Hex.bytes("0000000000000003ff"))).isEqualTo(MuxFailure.NACK);
	}

	@Test
	void flagsThatExcludeEachOtherForbidTheRetry() {
		MuxFailure both = MuxFailure.decode(Hex.bytes("0000000000000007"));
		assertThat(both).isEqualTo(new MuxFailure(MuxFailure.REJECTED | MuxFailure.NON_RETRYABLE));
		assertThatIllegalArgumentException().isThrownBy(() -> new MuxFailure(5))
			.withMessage("flags: 5 (expected: not both retryable and non-retryable)");
	}

	@Test
	void flagsWithoutANameAreKept() {
		byte[] value = Hex.bytes("8000000000000102");
		MuxFailure failure = MuxFailure.decode(value);
		assertThat(failure).isNotNull();
		assertThat(failure.encode()).isEqualTo(value);
		assertThat(failure.isRejected()).isTrue();
		assertThat(failure.isRetryable()).isFalse();
		assertThat(failure.isNonRetryable()).isFalse();
	}

	@Test
	void aDeadlineHasSixteenBytes() {
		assertThat(DeadlineContext.decode(new byte[15])).isNull();
		assertThat(DeadlineContext.decode(new byte[17])).isNull();
		assertThat(DeadlineContext.decode(new byte[16])).isEqualTo(new DeadlineContext(0, 0));
	}

	@Test
	void aDeadlineSaysHowLongTheCallerStillWaits() {
		DeadlineContext deadline = DeadlineContext.in(1_000, 500);
		assertThat(deadline).isEqualTo(new DeadlineContext(1_000, 1_500));
		assertThat(deadline.remainingNanos(1_200)).isEqualTo(300);
		assertThat(deadline.remainingNanos(1_600)).isEqualTo(-100);
		assertThat(DeadlineContext.in(1_000, -1).deadlineNanos()).isEqualTo(999);
	}

	@Test
	void aDeadlineThatIsNeverStaysNever() {
		DeadlineContext never = DeadlineContext.in(1_000, Long.MAX_VALUE);
		assertThat(never.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
		assertThat(never.remainingNanos(5_000)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aDeadlineFromAnAbsurdClockDoesNotOverflow() {
		assertThat(new DeadlineContext(0, Long.MIN_VALUE).remainingNanos(1)).isEqualTo(Long.MIN_VALUE);
		assertThat(new DeadlineContext(0, Long.MAX_VALUE - 1).remainingNanos(-5)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aDeadlineSaysHowLongItsCallerMeantToWaitWhateverTheTimeIsHere() {
		assertThat(new DeadlineContext(20, 95).givenNanos()).isEqualTo(75);
		assertThat(new DeadlineContext(20, 15).givenNanos()).isEqualTo(-5);
		assertThat(new DeadlineContext(Long.MAX_VALUE, Long.MIN_VALUE).givenNanos()).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void retriesHaveFourBytes() {
		assertThat(RetriesContext.decode(new byte[3])).isNull();
		assertThat(RetriesContext.decode(new byte[5])).isNull();
		assertThat(RetriesContext.decode(Hex.bytes("00000102"))).isEqualTo(new RetriesContext(258));
	}

	@Test
	void anEmptyClientIdIsNone() {
		assertThat(ClientIdContext.decode(new byte[0])).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientIdContext(""))
			.withMessage("client id: '' (expected: a name)");
	}

	@Test
	void aClientIdIsUtf8() {
		ClientIdContext id = new ClientIdContext("zażółć");
		assertThat(id.encode()).isEqualTo("zażółć".getBytes(StandardCharsets.UTF_8));
		assertThat(ClientIdContext.decode(id.encode())).isEqualTo(id);
	}

	@Test
	void aTraceHasThirtyTwoOrFortyBytes() {
		for (int length = 0; length < 64; length++) {
			TraceIdContext trace = TraceIdContext.decode(new byte[length]);
			assertThat(trace != null).as("%d bytes", length).isEqualTo(length == 32 || length == 40);
		}
	}

	@Test
	void samplingIsKnownSampledOrUnknown() {
		assertThat(List.of(0L, 2L, 4L, 6L, 1L)).map((flags) -> new TraceIdContext(1, 2, 0, 3, flags))
			.extracting(TraceIdContext::isSamplingKnown, TraceIdContext::isSampled)
			.map(Object::toString)
			.containsExactly("(false, false)", "(true, false)", "(false, false)", "(true, true)", "(true, true)");
	}

	@Test
	void headersKeepTheirOrderAndTheLastOfEqualKeysCounts() {
		Map<String, byte[]> headers = HeadersContext
			.decode(Hex.bytes("000162" + "0001aa" + "000161" + "0000" + "000162" + "0001bb"));
		assertThat(headers).isNotNull();
		assertThat(headers.keySet()).containsExactly("b", "a");
		assertThat(headers.get("b")).isEqualTo(Hex.bytes("bb"));
		assertThat(headers.get("a")).isEmpty();
	}

	@Test
	void noHeadersAreNoBytes() {
		assertThat(HeadersContext.encode(Map.of())).isEmpty();
		assertThat(HeadersContext.decode(new byte[0])).isEmpty();
	}

	@Test
	void headersThatPointPastTheirEndAreIgnored() {
		byte[] whole = Hex.bytes("000161" + "0002aabb");
		assertThat(HeadersContext.decode(whole)).hasSize(1);
		for (int length = 1; length < whole.length; length++) {
			assertThat(HeadersContext.decode(Arrays.copyOf(whole, length))).as("%d bytes", length).isNull();
		}
		assertThat(HeadersContext.decode(Hex.bytes("ffff61"))).isNull();
	}

	@Test
	void headersLongerThanFinagleSendsAreRefused() {
		Map<String, byte[]> headers = new LinkedHashMap<>();
		headers.put("k", new byte[HeadersContext.MAX_BYTES - 5]);
		assertThat(HeadersContext.encode(headers)).hasSize(HeadersContext.MAX_BYTES);
		headers.put("", new byte[0]);
		assertThatIllegalArgumentException().isThrownBy(() -> HeadersContext.encode(headers))
			.withMessage("headers: 32771 bytes (expected: <= 32767)");
	}

}
