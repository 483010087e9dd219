package io.scalesrpc.http.http1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.testing.CapturingObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Http1SessionTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final Http1Wire wire = new Http1Wire();

	@Test
	void oneRequestFollowsTheOther() {
		for (int i = 0; i < 3; i++) {
			CapturingObserver call = this.wire.get();
			assertThat(this.wire.connection.state()).isEqualTo(SinkState.BUSY);
			this.wire.answer(OK);
			assertThat(Http1Wire.response(call).text()).isEqualTo("ok");
			assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		}
	}

	@Test
	void anAnswerMayComeByteByByte() {
		CapturingObserver call = this.wire.get();
		for (char c : "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nX-A: 2\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
			.toCharArray()) {
			assertThat(call.times()).isZero();
			this.wire.answer(String.valueOf(c));
		}
		ScalesHttpResponse response = Http1Wire.response(call);
		assertThat(response.toString()).isEqualTo("201 Created");
		assertThat(response.headers().all("x-a")).containsExactly("1", "2");
		assertThat(response.text()).isEqualTo("abcde");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void theAnswerToAHeadHasALengthAndNoBody() {
		CapturingObserver call = this.wire.send(ScalesHttpRequest.of("HEAD", "/"));
		this.wire.answer("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
		assertThat(Http1Wire.response(call).headers().first("content-length")).isEqualTo("99999999");
		CapturingObserver next = this.wire.get();
		this.wire.answer(OK);
		assertThat(Http1Wire.response(next).text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 304 })
	void anAnswerOfAStatusWithoutABodyHasNone(int status) {
		CapturingObserver call = this.wire.get();
		this.wire
			.answer("HTTP/1.1 " + status + " X\r\n" + ((status == 304) ? "Content-Length: 999999\r\n" : "") + "\r\n");
		assertThat(Http1Wire.response(call).status()).isEqualTo(status);
		assertThat(Http1Wire.response(call).body()).isEmpty();
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void anErrorInDecodingEndsCallAndConnection() {
		this.wire.channel.pipeline()
			.addAfter(this.wire.channel.pipeline().firstContext().name(), "broken", new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext ctx, Object message) {
					ReferenceCountUtil.release(message);
					throw new AssertionError("broken");
				}

			});
		CapturingObserver call = this.wire.get();
		this.wire.answer(OK);
		assertThat(call.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
			"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP" })
	void anAnswerThatIsTheLastOneIsGivenAndClosesTheConnection(String answer) {
		List<@Nullable SinkState> seen = new ArrayList<>();
		Call call = this.wire.call(ScalesHttpRequest.of("GET", "/"));
		call.onOutcome((ended, outcome) -> seen.add(this.wire.connection.state()));
		CapturingObserver observer = this.wire.send(call);
		this.wire.answer(answer);
		assertThat(Http1Wire.response(observer).text()).isEqualTo("ok");
		assertThat(seen).containsExactly(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aBodyWithoutALengthEndsWithTheConnection() {
		CapturingObserver call = this.wire.get();
		this.wire.answer("HTTP/1.1 200 OK\r\n\r\nsome");
		this.wire.answer(" more");
		assertThat(call.times()).isZero();
		this.wire.hangUp();
		assertThat(Http1Wire.response(call).text()).isEqualTo("some more");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n" })
	void anAnswerThatBreaksOffIsNone(String beginning) {
		CapturingObserver call = this.wire.get();
		if (!beginning.isEmpty()) {
			this.wire.answer(beginning);
		}
		this.wire.hangUp();
		assertThat(call.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokXX",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nok",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
			"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", "HTTP/1.1 101 Switching Protocols\r\n\r\n" })
	void bytesThatMakeNoSenseEndCallAndConnection(String answer) {
		CapturingObserver call = this.wire.get();
		this.wire.answer(answer);
		assertThat(call.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void anAnswerThatIsTooLargeEndsCallAndConnection() {
		String head = "HTTP/1.1 200 OK\r\n";
		for (String answer : List.of(head + "X-Long: " + "x".repeat(66_000), "HTTP/1.1 200 " + "x".repeat(5000),
				head + "Content-Length: " + (Http1Wire.MAX_BODY + 1) + "\r\n\r\n",
				head + "Content-Length: 99999999999\r\n\r\n",
				head + "Transfer-Encoding: chunked\r\n\r\n1000\r\n" + "x".repeat(4096))) {
			Http1Wire fresh = new Http1Wire();
			CapturingObserver call = fresh.get();
			fresh.answer(answer);
			assertThat(call.failure().kind()).isEqualTo(FailureKind.INTERNAL);
			assertThat(call.failure().reason()).startsWith("answer too large: ")
				.contains("; the limit is this client's ");
			assertThat(fresh.channel.isOpen()).isFalse();
		}
	}

	@Test
	void interimAnswersArePassedOver() {
		CapturingObserver call = this.wire.get();
		this.wire.answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
		assertThat(call.times()).isZero();
		this.wire.answer(OK);
		assertThat(Http1Wire.response(call).text()).isEqualTo("ok");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aFloodOfInterimAnswersEndsTheConnection() {
		CapturingObserver call = this.wire.get();
		this.wire.answer("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(Http1Session.MAX_INTERIM));
		assertThat(call.times()).isZero();
		this.wire.answer("HTTP/1.1 103 Early Hints\r\n\r\n");
		assertThat(call.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void anAnswerBeforeAnyRequestEndsTheConnection() {
		this.wire.answer(OK);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.get().failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.wire.sent()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { OK, "\r\n", "x" })
	void bytesBetweenAnswerAndRequestEndTheConnection(String bytes) {
		this.wire.get();
		this.wire.answer(OK);
		this.wire.answer(bytes);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aCallThatEndsUnansweredClosesTheConnectionAtOnce() {
		Call call = this.wire.call(ScalesHttpRequest.of("GET", "/"));
		this.wire.send(call);
		call.end(Failure.of(FailureKind.TIMEOUT, "too late"));
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aCallThatEndsBeforeItIsSentCostsNothing() {
		Call call = this.wire.call(ScalesHttpRequest.of("GET", "/"));
		this.wire.connection.dispatch(call);
		call.end(Failure.of(FailureKind.CANCELLED, "no more"));
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.sent()).isEmpty();
		CapturingObserver next = this.wire.get();
		this.wire.answer(OK);
		assertThat(Http1Wire.response(next).text()).isEqualTo("ok");
	}

	@Test
	void aSecondCallAtATimeIsRefused() {
		CapturingObserver first = this.wire.get();
		assertThat(this.wire.get().failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		this.wire.answer(OK);
		assertThat(Http1Wire.response(first).text()).isEqualTo("ok");
	}

	@Test
	void closingWaitsForTheCallWithinItsGrace() {
		CapturingObserver call = this.wire.get();
		this.wire.connection.close(Duration.ofSeconds(1));
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.connection.isDraining()).isTrue();
		this.wire.answer(OK);
		assertThat(Http1Wire.response(call).text()).isEqualTo("ok");
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void closingEndsTheCallAfterItsGrace() {
		CapturingObserver call = this.wire.get();
		this.wire.connection.close(Duration.ofSeconds(1));
		this.wire.time.advance(Duration.ofSeconds(1));
		this.wire.channel.runPendingTasks();
		assertThat(call.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void compressedAnswersAreAskedForAndUnpacked() throws IOException {
		Http1Wire packed = new Http1Wire(Map.of("gzip", "true"));
		CapturingObserver call = packed.get();
		assertThat(packed.sent()).contains("Accept-Encoding: gzip, deflate\r\n");
		packed.answer(gzipped(100));
		assertThat(Http1Wire.response(call).text()).isEqualTo("x".repeat(100));
		CapturingObserver head = packed.send(ScalesHttpRequest.of("HEAD", "/"));
		packed.answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 50\r\n\r\n");
		assertThat(Http1Wire.response(head).body()).isEmpty();
		CapturingObserver next = packed.get();
		packed.answer(OK);
		assertThat(Http1Wire.response(next).text()).isEqualTo("ok");
	}

	@Test
	void aCompressedAnswerThatUnpacksToTooMuchEndsTheConnection() throws IOException {
		Http1Wire packed = new Http1Wire(Map.of("gzip", "true"));
		CapturingObserver call = packed.get();
		packed.answer(gzipped(1_000_000));
		assertThat(call.failure().kind()).isEqualTo(FailureKind.INTERNAL);
		assertThat(call.failure().reason()).endsWith("(expected: <= 2048); the limit is this client's max-frame-size");
		assertThat(packed.channel.isOpen()).isFalse();
	}

	private static byte[] gzipped(int length) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
			gzip.write("x".repeat(length).getBytes(StandardCharsets.UTF_8));
		}
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n";
		answer.write(head.getBytes(StandardCharsets.US_ASCII));
		body.writeTo(answer);
		return answer.toByteArray();
	}

}
