package io.scalesrpc.http.protocol;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpOptions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpContractTests {

	interface Users {

		Mono<ScalesHttpResponse> get(String path);

		CompletableFuture<ScalesHttpResponse> importAllAsync(ScalesHttpRequest request);

		default ScalesHttpResponse user(int id) {
			return get("/users/" + id).block();
		}

	}

	interface WrongResult {

		CompletableFuture<String> get(String path);

	}

	interface WrongParameter {

		ScalesHttpResponse fetch(String path);

	}

	@Test
	void theReadyClientHasTheMethodsOfHttp() {
		assertThat(HttpContract.bind(ScalesHttpClient.class).values()).extracting(HttpMethodSpec::name)
			.containsOnly("get", "head", "options", "delete", "post", "put", "patch", "exchange")
			.hasSize(16);
	}

	@Test
	void anInterfaceOfOnesOwnMayLookLikeIt() {
		assertThat(HttpContract.bind(Users.class).values()).containsExactlyInAnyOrder(
				new HttpMethodSpec(Users.class.getName(), "get", "GET"),
				new HttpMethodSpec(Users.class.getName(), "importAll", null));
	}

	@Test
	void optionsOfCallsAreNoPartOfARequest() {
		assertThat(HttpContract.bind(WithOptions.class).values()).containsExactlyInAnyOrder(
				new HttpMethodSpec(WithOptions.class.getName(), "get", "GET"),
				new HttpMethodSpec(WithOptions.class.getName(), "post", "POST"));
	}

	@Test
	void otherMethodsAreRefusedWithTheRemedy() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpContract.bind(WrongResult.class))
			.withMessageContaining("WrongResult.get: no method of HTTP (expected: ScalesHttpResponse")
			.withMessageContaining("@HttpExchange");
		assertThatIllegalArgumentException().isThrownBy(() -> HttpContract.bind(WrongParameter.class));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HttpProtocol().bind(ScalesHttpClient.class, String.class))
			.withMessageContaining("service: java.lang.String (expected: none");
	}

	@Test
	void aCallIsIdempotentByItsHttpMethod() {
		HttpMethodSpec exchange = new HttpMethodSpec("Http", "exchange", null);
		Map.of("GET", true, "HEAD", true, "PUT", true, "DELETE", true, "OPTIONS", true, "POST", false, "PATCH", false)
			.forEach((method,
					idempotent) -> assertThat(
							exchange.options(CallOptions.NONE, new Object[] { ScalesHttpRequest.of(method, "/") })
								.get(Idempotence.KEY))
						.as(method)
						.isEqualTo(idempotent));
	}

	@Test
	void whatIsConfiguredComesFirst() {
		HttpMethodSpec get = new HttpMethodSpec("Http", "get", "GET");
		CallOptions configured = CallOptions.of(Idempotence.KEY, false);
		assertThat(get.options(configured, new Object[] { "/" })).isSameAs(configured);
	}

	@Test
	void optionsThatAreNoneAreRefused() {
		assertRefused(Map.of("hots", "a"), "option hots: not an option of http (expected: one of attempt-header");
		assertRefused(Map.of("host", "a\r\nb"), "option host: ");
		assertRefused(Map.of("timeout-header", "a b"), "option timeout-header: a b (expected: the name of a header");
		assertRefused(Map.of("attempt-header", "Connection"), "option attempt-header: Connection");
		assertRefused(Map.of("version", "3"), "option version: 3 (expected: 1.1 or 2)");
		assertRefused(Map.of("ping-interval", "-1s"), "option ping-interval: ");
		assertRefused(Map.of("ping-timeout", "0s"), "option ping-timeout: PT0S (expected: > 0)");
		assertRefused(Map.of("gzip", "yes"), "option gzip: yes (expected: true or false)");
	}

	private static void assertRefused(Map<String, String> options, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpOptions.of(options)).withMessageContaining(text);
	}

	/** Methods that take options of the call. */
	interface WithOptions {

		ScalesHttpResponse get(String path, CallOptions options);

		ScalesHttpResponse post(CallOptions options, String path, String contentType, byte[] body);

	}

}
