package io.scalesrpc.mux.finagle;

import java.nio.charset.StandardCharsets;

import io.scalesrpc.call.Context;
import io.scalesrpc.mux.TraceIdContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceHeadersTests {

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static final long HIGH = 0x0af7651916cd43ddL;

	private static final long LOW = 0x8448eb211c80319cL;

	private static final long SPAN = 0xb7ad6b7169203331L;

	private static Context headers(String... namesAndValues) {
		Context context = Context.empty();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			context = context.with(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
		}
		return context;
	}

	private static Context finagle(long parent, long high, long flags) {
		return Context.empty().with(TraceIdContext.KEY, new TraceIdContext(SPAN, parent, high, LOW, flags).encode());
	}

	@Test
	void aTraceparentIsAnIdOf128BitsWithoutAParent() {
		assertThat(TraceHeaders.finagle(headers("traceparent", PARENT)))
			.isEqualTo(new TraceIdContext(SPAN, SPAN, HIGH, LOW, 6));
	}

	@Test
	void aTraceThatIsNotRecordedSaysSo() {
		TraceIdContext trace = TraceHeaders.finagle(headers("traceparent", PARENT.substring(0, 53) + "00"));
		assertThat(trace).isNotNull();
		assertThat(trace.isSamplingKnown()).isTrue();
		assertThat(trace.isSampled()).isFalse();
	}

	@Test
	void theHeadersOfZipkinAreReadInBothForms() {
		TraceIdContext expected = new TraceIdContext(SPAN, 5, 0, LOW, 6);
		assertThat(TraceHeaders.finagle(headers("b3", "8448eb211c80319c-b7ad6b7169203331-1-0000000000000005")))
			.isEqualTo(expected);
		assertThat(TraceHeaders.finagle(headers("X-B3-TraceId", "8448eb211c80319c", "X-B3-SpanId", "b7ad6b7169203331",
				"X-B3-ParentSpanId", "0000000000000005", "X-B3-Sampled", "1")))
			.isEqualTo(expected);
		assertThat(TraceHeaders.finagle(headers("b3", "8448eb211c80319c-b7ad6b7169203331")))
			.isEqualTo(new TraceIdContext(SPAN, SPAN, 0, LOW, 0));
		assertThat(TraceHeaders.finagle(headers("b3", "8448eb211c80319c-b7ad6b7169203331-d")))
			.isEqualTo(new TraceIdContext(SPAN, SPAN, 0, LOW, 7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-x", "zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
			"00-0af7651916cd43dd8448eb211c8031xx-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" })
	void whatIsNoTraceparentCountsAsNotSent(String value) {
		assertThat(TraceHeaders.finagle(headers("traceparent", value))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "x-y", "8448eb211c80319c", "8448eb211c80319cffffffffffffffffffffffff-1-1" })
	void whatIsNoB3CountsAsNotSent(String value) {
		assertThat(TraceHeaders.finagle(headers("b3", value))).isNull();
	}

	@Test
	void theContextOfFinagleIsReadAsHeaders() {
		Context sampled = finagle(5, HIGH, 6);
		assertThat(TraceHeaders.header(sampled, "traceparent")).isEqualTo(PARENT);
		assertThat(TraceHeaders.header(sampled, "b3"))
			.isEqualTo("0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1-0000000000000005");
		assertThat(TraceHeaders.header(sampled, "X-B3-ParentSpanId")).isEqualTo("0000000000000005");
		assertThat(TraceHeaders.header(sampled, "X-B3-Sampled")).isEqualTo("1");
		assertThat(TraceHeaders.header(finagle(SPAN, 0, 2), "b3")).isEqualTo("8448eb211c80319c-b7ad6b7169203331-0");
		assertThat(TraceHeaders.header(finagle(SPAN, 0, 2), "traceparent"))
			.isEqualTo("00-00000000000000008448eb211c80319c-b7ad6b7169203331-00");
		assertThat(TraceHeaders.header(finagle(SPAN, 0, 7), "X-B3-Flags")).isEqualTo("1");
		assertThat(TraceHeaders.header(finagle(SPAN, 0, 7), "X-B3-Sampled")).isNull();
	}

	@Test
	void whatNobodyHasDecidedIsNotDecidedByReadingIt() {
		for (String header : new String[] { "traceparent", "b3", "X-B3-TraceId", "X-B3-SpanId" }) {
			assertThat(TraceHeaders.header(finagle(SPAN, 0, 0), header)).as(header).isNull();
		}
	}

	@Test
	void theContextOfFinagleComesBeforeHeadersThatWerePassedOn() {
		Context both = finagle(5, HIGH, 6)
			.withAll(headers("traceparent", PARENT.substring(0, 36) + "0000000000000001-01", "tracestate", "a=b"));
		assertThat(TraceHeaders.header(both, "traceparent")).isEqualTo(PARENT);
		assertThat(TraceHeaders.header(both, "tracestate")).isEqualTo("a=b");
		Context others = both
			.withAll(headers("traceparent", "00-11111111111111111111111111111111-0000000000000001-01"));
		assertThat(TraceHeaders.header(others, "traceparent")).isEqualTo(PARENT);
		assertThat(TraceHeaders.header(others, "tracestate")).isNull();
	}

	@Test
	void withoutItHeadersAreThoseThatWereSent() {
		Context sent = headers("traceparent", PARENT, "baggage", "user=7");
		assertThat(TraceHeaders.header(sent, "Traceparent")).isEqualTo(PARENT);
		assertThat(TraceHeaders.header(sent, "baggage")).isEqualTo("user=7");
		assertThat(TraceHeaders.header(sent, "tracestate")).isNull();
		assertThat(TraceHeaders.header(Context.empty().with(TraceIdContext.KEY, new byte[3]), "b3")).isNull();
	}

}
