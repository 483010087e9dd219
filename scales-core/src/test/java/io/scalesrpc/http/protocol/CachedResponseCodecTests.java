package io.scalesrpc.http.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

class CachedResponseCodecTests {

	private static final CachedResponseCodec CODEC = new CachedResponseCodec(new HttpMethodSpec("Users", "get", null));

	private static byte[] key(ScalesHttpRequest request) {
		byte[] encoded = CODEC.encodeArguments(new Object[] { request });
		return Arrays.copyOf(encoded, CODEC.keyLength(encoded));
	}

	private static ScalesHttpRequest get() {
		return ScalesHttpRequest.of("GET", "/users/1?a=b").header("Accept", "text/plain");
	}

	private static ScalesHttpResponse answer(int status, HttpFields headers) {
		return new ScalesHttpResponse(status, "Fine", headers, "body \u00e4".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aRequestComesBackWithAllItsHeaders() {
		ScalesHttpRequest request = get().header("traceparent", "00-1-2-01").header("accept", "*/*").body(new byte[3]);
		byte[] encoded = CODEC.encodeArguments(new Object[] { request });
		ScalesHttpRequest decoded = (ScalesHttpRequest) CODEC.decodeArguments(encoded)[0];
		assertThat(decoded).hasToString("GET /users/1?a=b");
		assertThat(decoded.body()).hasSize(3);
		assertThat(decoded.headers().all("accept")).containsExactly("text/plain", "*/*");
		assertThat(decoded.headers().first("traceparent")).isEqualTo("00-1-2-01");
	}

	@Test
	void aPathComesBackForAMethodThatTakesOne() {
		CachedResponseCodec codec = new CachedResponseCodec(new HttpMethodSpec("Users", "get", "GET"));
		assertThat(codec.decodeArguments(codec.encodeArguments(new Object[] { "/a" }))).containsExactly("/a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "Cookie", "X-Tenant", "baggage" })
	void whoAsksIsPartOfWhatIsAskedFor(String header) {
		assertThat(key(get().header(header, "a"))).isNotEqualTo(key(get().header(header, "b")))
			.isEqualTo(key(get().header(header, "a")))
			.isNotEqualTo(key(get()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "traceparent", "TraceState", "b3", "X-B3-TraceId" })
	void whoTracesIsNot(String header) {
		assertThat(key(get().header(header, "a"))).isEqualTo(key(get().header(header, "b"))).isEqualTo(key(get()));
	}

	@Test
	void pathMethodAndBodyAre() {
		ScalesHttpRequest get = ScalesHttpRequest.of("GET", "/a");
		assertThat(key(get)).isNotEqualTo(key(ScalesHttpRequest.of("GET", "/b")))
			.isNotEqualTo(key(ScalesHttpRequest.of("HEAD", "/a")))
			.isNotEqualTo(key(get.body(new byte[1])));
	}

	@Test
	void whatChangesSomethingIsNotKept() {
		assertThatIllegalArgumentException().isThrownBy(() -> key(ScalesHttpRequest.of("POST", "/a")))
			.withMessage("method: POST (expected: GET or HEAD)");
		assertThat(new HttpMethodSpec("Users", "post", "POST").codec()).isNull();
		assertThat(new HttpMethodSpec("Users", "head", "HEAD").codec()).isNotNull();
		assertThat(new HttpMethodSpec("Users", "add", null, false).codec()).isNull();
	}

	@Test
	void whatIsReadAsItComesIsNotKept() {
		assertThatIllegalArgumentException().isThrownBy(() -> key(get().streamed()))
			.withMessage("answer: streamed (expected: whole)");
	}

	@Test
	void anAnswerComesBack() {
		HttpFields headers = HttpFields.empty().with("Content-Type", "text/plain").with("X", "1").with("X", "2");
		ScalesHttpResponse decoded = CODEC.decodeResult(CODEC.encodeResult(answer(203, headers)));
		assertThat(decoded).hasToString("203 Fine");
		assertThat(decoded.text()).isEqualTo("body \u00e4");
		assertThat(decoded.headers().all("x")).containsExactly("1", "2");
		HttpFields trailers = HttpFields.of("x-sum", "7");
		ScalesHttpResponse withTrailers = new ScalesHttpResponse(200, "", headers, new byte[0], trailers);
		assertThat(CODEC.decodeResult(CODEC.encodeResult(withTrailers)).trailers().first("x-sum")).isEqualTo("7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 | Cache-Control | max-age=1        | true
			204 | Vary          | Accept           | true
			200 | Cache-Control | max-age=1, No-Store | false
			200 | Cache-Control | private          | false
			200 | Cache-Control | no-cache         | false
			200 | Set-Cookie    | session=1        | false
			200 | Vary          | *                | false
			206 | X             | 1                | false
			301 | X             | 1                | false
			404 | X             | 1                | false
			""")
	void onlySuccessesForEverybodyAreKept(int status, String name, String value, boolean kept) {
		assertThat(CODEC.mayKeep(answer(status, HttpFields.empty().with(name, value)))).isEqualTo(kept);
	}

	@Test
	void whatIsNoAnswerIsRefused() {
		byte[] encoded = CODEC.encodeResult(answer(200, HttpFields.empty().with("a", "b")));
		for (int length = 0; length < encoded.length; length++) {
			byte[] cut = Arrays.copyOf(encoded, length);
			assertThatRuntimeException().as("the first %d bytes", length).isThrownBy(() -> CODEC.decodeResult(cut));
		}
		encoded[4] = 0x7f;
		assertThatIllegalArgumentException().isThrownBy(() -> CODEC.decodeResult(encoded))
			.withMessageStartingWith("length: ");
	}

}
