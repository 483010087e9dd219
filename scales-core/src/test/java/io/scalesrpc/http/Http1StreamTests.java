package io.scalesrpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.http.http1.Http1Wire;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Answers that are read part by part, on one connection of HTTP/1.1. */
class Http1StreamTests {

	private static final ScalesHttpRequest STREAM = ScalesHttpRequest.of("GET", "/").streamed();

	private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final Duration IDLE = Duration.ofSeconds(30);

	private final Http1Wire wire = new Http1Wire();

	private ScalesHttpResponse begin(String answer) {
		CapturingObserver call = this.wire.send(STREAM);
		this.wire.answer(answer);
		assertThat(call.times()).isEqualTo(1);
		return Http1Wire.response(call);
	}

	private PartsReader read(ScalesHttpResponse response) {
		PartsReader reader = new PartsReader();
		response.stream().subscribe(reader);
		this.wire.channel.runPendingTasks();
		return reader;
	}

	private void ask(PartsReader reader, long parts) {
		reader.ask(parts);
		this.wire.channel.runPendingTasks();
	}

	@Test
	void theCallEndsWithTheHeadAndTheConnectionIsBusyUntilTheBodyIsOver() {
		ScalesHttpResponse response = begin(CHUNKED + "3\r\nabc\r\n");
		assertThat(response.isStreamed()).isTrue();
		assertThatIllegalStateException().isThrownBy(response::body);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.BUSY);
		PartsReader reader = read(response);
		ask(reader, 10);
		this.wire.answer("2\r\nde\r\n");
		assertThat(reader.parts()).containsExactly("abc", "de");
		assertThat(reader.ends()).isEmpty();
		assertThat(response.isOver()).isFalse();
		this.wire.answer("0\r\n\r\n");
		assertThat(reader.ends()).containsExactly("complete");
		assertThat(response.isOver()).isTrue();
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		nextCallIsAnswered();
	}

	private void nextCallIsAnswered() {
		CapturingObserver next = this.wire.get();
		this.wire.answer(OK);
		assertThat(Http1Wire.response(next).text()).isEqualTo("ok");
	}

	@Test
	void nothingIsReadThatNobodyAskedFor() {
		int[] reads = { 0 };
		this.wire.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

			@Override
			public void read(ChannelHandlerContext ctx) {
				reads[0]++;
				ctx.read();
			}

		});
		ScalesHttpResponse response = begin(CHUNKED + "3\r\nabc\r\n2\r\nde\r\n");
		assertThat(this.wire.channel.config().isAutoRead()).isFalse();
		PartsReader reader = read(response);
		int before = reads[0];
		ask(reader, 1);
		assertThat(reader.parts()).containsExactly("abc");
		ask(reader, 1);
		assertThat(reader.parts()).containsExactly("abc", "de");
		assertThat(reads[0]).isEqualTo(before);
		ask(reader, 1);
		assertThat(reads[0]).isEqualTo(before + 1);
		this.wire.answer("1\r\nf\r\n0\r\n\r\n");
		assertThat(reader.text()).isEqualTo("abcdef");
		assertThat(this.wire.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void aBodyThatCameWholeHoldsNothingThoughNobodyReadsIt() {
		ScalesHttpResponse response = begin(OK);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		nextCallIsAnswered();
		this.wire.time.advance(IDLE.multipliedBy(2));
		PartsReader reader = read(response);
		ask(reader, 5);
		assertThat(reader.text()).isEqualTo("ok");
		assertThat(reader.ends()).containsExactly("complete");
		response.stream().close();
		assertThat(this.wire.channel.isOpen()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" })
	void anAnswerWithoutABodyIsAnEmptyStream(String answer) throws IOException {
		ScalesHttpResponse response = begin(answer);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
		try (var body = response.stream().inputStream()) {
			this.wire.channel.runPendingTasks();
			assertThat(body.readAllBytes()).isEmpty();
		}
	}

	@Test
	void aFailureIsWholeSoThatItCanBeJudged() {
		CapturingObserver call = this.wire.send(STREAM);
		this.wire.answer("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbu");
		assertThat(call.times()).isZero();
		this.wire.answer("sy");
		assertThat(call.failure().kind()).isEqualTo(FailureKind.REMOTE);
		HttpStatusException cause = (HttpStatusException) call.failure().cause();
		assertThat(cause.response().text()).isEqualTo("busy");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "3\r\nde", "zz\r\n", "2\r\ndeXX" })
	void aBodyThatBreaksOffEndsWithAnErrorAfterWhatCame(String rest) {
		ScalesHttpResponse response = begin(CHUNKED + "3\r\nabc\r\n");
		PartsReader reader = read(response);
		ask(reader, 10);
		if (!rest.isEmpty()) {
			this.wire.answer(rest);
		}
		this.wire.hangUp();
		assertThat(reader.text()).startsWith("abc");
		assertThat(reader.ends()).containsExactly("error");
		assertThat(reader.failure()).isInstanceOf(IOException.class);
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aBodyWithALengthThatBreaksOffIsNotItsEnd() {
		PartsReader reader = read(begin("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"));
		ask(reader, 10);
		this.wire.hangUp();
		assertThat(reader.ends()).containsExactly("error");
	}

	@Test
	void aBodyWithoutALengthEndsWithTheConnection() {
		PartsReader reader = read(begin("HTTP/1.1 200 OK\r\n\r\nabc"));
		ask(reader, 10);
		this.wire.hangUp();
		assertThat(reader.text()).isEqualTo("abc");
		assertThat(reader.ends()).containsExactly("complete");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aBodyThatIsClosedBeforeItsEndClosesTheConnection() {
		ScalesHttpResponse response = begin(CHUNKED + "3\r\nabc\r\n");
		response.stream().close();
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.wire.channel.isOpen()).isFalse();
		PartsReader reader = read(response);
		ask(reader, 1);
		assertThat(reader.parts()).isEmpty();
		assertThat(reader.failure()).hasMessage("the body was closed before its end");
	}

	@Test
	void aReaderThatCancelsIsToldNothingMore() {
		PartsReader reader = read(begin(CHUNKED + "3\r\nabc\r\n"));
		ask(reader, 1);
		reader.cancel();
		this.wire.channel.runPendingTasks();
		assertThat(reader.ends()).isEmpty();
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aBodyThatNobodyReadsEndsWithTheConnection() {
		ScalesHttpResponse response = begin(CHUNKED + "3\r\nabc\r\n");
		this.wire.time.advance(IDLE.minusMillis(1));
		assertThat(this.wire.channel.isOpen()).isTrue();
		this.wire.time.advance(Duration.ofMillis(1));
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.channel.isOpen()).isFalse();
		assertThat(this.wire.time.pendingTimeouts()).isZero();
		PartsReader reader = read(response);
		assertThat(reader.failure()).hasMessage("nobody read the body for 30000 ms");
	}

	@Test
	void aServerThatFallsSilentEndsTheBodyAndOneThatIsSlowDoesNot() {
		PartsReader reader = read(begin(CHUNKED));
		ask(reader, 100);
		for (int i = 0; i < 5; i++) {
			this.wire.time.advance(IDLE.minusMillis(1));
			this.wire.answer("1\r\nx\r\n");
		}
		assertThat(reader.text()).isEqualTo("xxxxx");
		this.wire.time.advance(IDLE);
		this.wire.channel.runPendingTasks();
		assertThat(reader.failure()).hasMessage("no more of the body came within 30000 ms");
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void aReaderThatIsSlowKeepsItsBody() {
		PartsReader reader = read(begin(CHUNKED + "1\r\nx\r\n".repeat(5)));
		for (int i = 0; i < 5; i++) {
			this.wire.time.advance(IDLE.minusMillis(1));
			ask(reader, 1);
		}
		assertThat(reader.text()).isEqualTo("xxxxx");
		this.wire.answer("0\r\n\r\n");
		assertThat(reader.ends()).containsExactly("complete");
	}

	@Test
	void aStreamWhoseCallerGaveUpInTheSameMomentIsGivenUp() {
		Call caller = this.wire.call(STREAM);
		Call attempt = caller.attempt(caller.deadline());
		attempt.onOutcome((ended, outcome) -> caller.end(outcome));
		attempt.onOutcome((ended, outcome) -> caller.end(Failure.of(FailureKind.TIMEOUT, "too late")));
		this.wire.send(attempt);
		this.wire.answer(CHUNKED + "3\r\nabc\r\n");
		assertThat(caller.outcome()).isInstanceOf(Failure.class);
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void closingWaitsForTheBodyWithinItsGrace() {
		PartsReader reader = read(begin(CHUNKED + "3\r\nabc\r\n"));
		this.wire.connection.close(Duration.ofSeconds(1));
		this.wire.channel.runPendingTasks();
		assertThat(this.wire.connection.isDraining()).isTrue();
		ask(reader, 10);
		this.wire.answer("0\r\n\r\n");
		assertThat(reader.ends()).containsExactly("complete");
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void closingEndsTheBodyAfterItsGrace() {
		PartsReader reader = read(begin(CHUNKED + "3\r\nabc\r\n"));
		ask(reader, 10);
		this.wire.connection.close(Duration.ofSeconds(1));
		this.wire.time.advance(Duration.ofSeconds(1));
		this.wire.channel.runPendingTasks();
		assertThat(reader.failure()).hasMessage("connection closed by this client");
		assertThat(this.wire.channel.isOpen()).isFalse();
	}

	@Test
	void bytesAfterTheBodyCloseTheConnection() {
		PartsReader reader = read(begin(CHUNKED + "3\r\nabc\r\n0\r\n\r\nHTTP/1.1"));
		ask(reader, 10);
		assertThat(reader.ends()).containsExactly("complete");
		assertThat(this.wire.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aPackedBodyIsUnpackedAPartAtATime() throws IOException {
		Http1Wire packed = new Http1Wire(Map.of("gzip", "true"));
		CapturingObserver call = packed.send(STREAM);
		byte[] answer = gzipped(1_000_000);
		packed.answer(answer);
		ScalesHttpResponse response = Http1Wire.response(call);
		assertThat(response.headers().first("content-encoding")).isNull();
		assertThat(response.headers().first("content-length")).isNull();
		PartsReader reader = new PartsReader();
		response.stream().subscribe(reader);
		reader.ask(1);
		packed.channel.runPendingTasks();
		assertThat(reader.parts()).hasSize(1);
		reader.ask(Long.MAX_VALUE);
		packed.channel.runPendingTasks();
		assertThat(reader.text()).isEqualTo("x".repeat(1_000_000));
		assertThat(reader.parts()).allMatch((part) -> part.length() <= 8192);
		assertThat(reader.ends()).containsExactly("complete");
		CapturingObserver whole = packed.get();
		packed.answer(gzipped(100));
		assertThat(Http1Wire.response(whole).text()).isEqualTo("x".repeat(100));
	}

	@ParameterizedTest
	@ValueSource(strings = { "5\r\nplain\r\n", "1\r\n\u001f\r\n0\r\n\r\n" })
	void aPackedBodyThatMakesNoSenseEndsWithAnError(String body) {
		Http1Wire packed = new Http1Wire(Map.of("gzip", "true"));
		CapturingObserver call = packed.send(STREAM);
		packed.answer(CHUNKED.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n") + body);
		PartsReader reader = new PartsReader();
		Http1Wire.response(call).stream().subscribe(reader);
		reader.ask(Long.MAX_VALUE);
		packed.channel.runPendingTasks();
		assertThat(reader.ends()).containsExactly("error");
		assertThat(packed.channel.isOpen()).isEqualTo(body.endsWith("0\r\n\r\n"));
	}

	@Test
	void aPackedFailureIsWholeAndUnpacked() throws IOException {
		Http1Wire packed = new Http1Wire(Map.of("gzip", "true"));
		CapturingObserver call = packed.send(STREAM);
		packed.answer(new String(gzipped(10), StandardCharsets.ISO_8859_1).replace("200 OK", "500 X"));
		HttpStatusException cause = (HttpStatusException) call.failure().cause();
		assertThat(cause.response().text()).isEqualTo("x".repeat(10));
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
