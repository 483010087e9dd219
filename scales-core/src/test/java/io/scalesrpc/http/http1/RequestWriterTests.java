package io.scalesrpc.http.http1;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.message.HttpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestWriterTests {

	private final Http1Wire wire = new Http1Wire();

	@Test
	void aRequestWithoutABodyHasNoLength() {
		this.wire.send(ScalesHttpRequest.of("GET", "/a?b=c").header("X-One", "1").header("x-one", "zw\u00f6lf"));
		assertThat(this.wire.sent())
			.isEqualTo("GET /a?b=c HTTP/1.1\r\nX-One: 1\r\nx-one: zw\u00f6lf\r\nHost: users:8080\r\n\r\n");
	}

	@Test
	void aBodyIsSentWithItsLength() {
		this.wire.send(ScalesHttpRequest.of("POST", "/").body("hello".getBytes(StandardCharsets.UTF_8)));
		assertThat(this.wire.sent()).isEqualTo("POST / HTTP/1.1\r\nHost: users:8080\r\nContent-Length: 5\r\n\r\nhello");
	}

	@Test
	void aPostWithoutABodySaysSo() {
		this.wire.send(ScalesHttpRequest.of("POST", "/"));
		assertThat(this.wire.sent()).contains("Content-Length: 0\r\n");
	}

	@Test
	void theHostOfTheRequestComesFirstThenThatOfTheSettings() {
		Http1Wire named = new Http1Wire(Map.of("host", "users.acme"));
		named.get();
		assertThat(named.sent()).contains("Host: users.acme\r\n").doesNotContain("users:8080");
		this.wire.send(ScalesHttpRequest.of("GET", "/").header("Host", "own"));
		assertThat(this.wire.sent()).contains("Host: own\r\n").doesNotContain("users:8080");
	}

	@Test
	void theServerIsToldTheTimeLeftAndTheAttempt() {
		Http1Wire telling = new Http1Wire(Map.of("timeout-header", "X-Request-Timeout", "attempt-header", "X-Attempt"));
		Call call = telling.call(ScalesHttpRequest.of("GET", "/"));
		call.attempt(call.deadline()).target("a");
		Call second = call.attempt(Deadline.after(Duration.ofMillis(300), telling.time.nanos()));
		second.target("b");
		telling.time.advance(Duration.ofMillis(100));
		telling.send(second);
		assertThat(telling.sent()).contains("X-Request-Timeout: 200\r\n", "X-Attempt: 1\r\n");
	}

	@Test
	void whatStagesGaveTheCallIsSentAsHeaders() {
		Call call = this.wire.call(ScalesHttpRequest.of("GET", "/").header("X-Tenant", "own"));
		call.context(Context.empty().with("X-Trace", new byte[] { 'a', 'b' }).with("x-tenant", new byte[] { 'c' }));
		this.wire.send(call);
		assertThat(this.wire.sent()).contains("X-Trace: ab\r\n", "X-Tenant: own\r\n").doesNotContain("x-tenant");
	}

	@Test
	void thePlaceOfTheCallInATraceReplacesThatOfItsCaller() {
		Call call = this.wire
			.call(ScalesHttpRequest.of("GET", "/").header("Traceparent", "00-callers").header("tracestate", "own"));
		call.context(Context.empty().with("traceparent", "00-ours".getBytes(StandardCharsets.US_ASCII)));
		this.wire.send(call);
		assertThat(this.wire.sent()).contains("traceparent: 00-ours\r\n", "tracestate: own\r\n")
			.doesNotContain("callers");
	}

	@Test
	void twoHostsAreRefused() {
		assertRefused(ScalesHttpRequest.of("GET", "/").header("Host", "a").header("host", "b"),
				"header Host: 2 of them");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Evil: 1", "a\nb", "a\rb", "\u0000", "\u007f", "\u20ac", "\u0085" })
	void aValueThatIsNoneIsRefusedBeforeAnythingIsSent(String value) {
		assertRefused(ScalesHttpRequest.of("GET", "/").header("X-Given", value), "header X-Given: character U+");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a:", "a\r\nb", "\u00e4" })
	void aNameThatIsNoneIsRefusedBeforeAnythingIsSent(String name) {
		assertRefused(ScalesHttpRequest.of("GET", "/").header(name, "1"), "header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length", "transfer-encoding", "Connection", "Upgrade", "expect", "TE" })
	void headersOfTheConnectionAreRefused(String name) {
		assertRefused(ScalesHttpRequest.of("POST", "/").header(name, "5"), "set by the connection");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "users", "http://other/", "/a b", "/\r\nGET /b", "/#a", "/\u00e4" })
	void aPathThatIsNoneIsRefusedBeforeAnythingIsSent(String path) {
		assertRefused(ScalesHttpRequest.of("GET", path), "path: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "CONNECT", "GET /a HTTP/1.1\r\n", "G T" })
	void aMethodThatIsNoneIsRefusedBeforeAnythingIsSent(String method) {
		assertRefused(ScalesHttpRequest.of(method, "/"), "method: ");
	}

	@Test
	void aRequestThatIsTooLargeIsRefused() {
		assertRefused(ScalesHttpRequest.of("POST", "/")
			.body(new byte[Http1Wire.MAX_BODY + HttpOptions.of(Map.of()).maxHeadBytes()]), "maxCapacity");
	}

	private void assertRefused(ScalesHttpRequest request, String text) {
		Failure failure = this.wire.send(request).failure();
		assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
		assertThat(failure.reason()).startsWith("request that cannot be encoded: ")
			.contains(text)
			.doesNotContain("\r", "\n");
		assertThat(this.wire.sent()).isEmpty();
		this.wire.get();
		assertThat(this.wire.sent()).startsWith("GET / ");
	}

}
