package io.scalesrpc.http.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers as bytes, for whoever keeps answers. What is asked for is the
 * method, the path, the body and every header, credentials included, but those that only
 * trace a call. <em>Immutable</em>.
 *
 * @param spec the method whose requests these are
 */
record CachedResponseCodec(HttpMethodSpec spec) implements MethodCodec {

	private static final Set<String> KEEPABLE = Set.of("GET", "HEAD");

	/**
	 * Each call has its own (W3C Trace Context, Zipkin's B3), and no answer depends on
	 * them.
	 */
	private static final Set<String> TRACING = Set.of("traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid",
			"x-b3-parentspanid", "x-b3-sampled", "x-b3-flags");

	/**
	 * Of these directives of an answer each says that it is not for everybody, or not for
	 * later.
	 */
	private static final List<String> NOT_KEPT = List.of("no-store", "no-cache", "private");

	static boolean isKeepable(String verb) {
		return KEEPABLE.contains(verb);
	}

	@Override
	public byte[] encodeArguments(@Nullable Object[] arguments) {
		ScalesHttpRequest request = this.spec.request(arguments);
		if (!isKeepable(request.method())) {
			throw new IllegalArgumentException("method: " + request.method() + " (expected: GET or HEAD)");
		}
		if (request.isStreamed()) {
			throw new IllegalArgumentException("answer: streamed (expected: whole)");
		}
		FieldBytes.Writer key = new FieldBytes.Writer().text(request.method())
			.text(request.path())
			.bytes(request.body())
			.fields(only(request.headers(), false));
		return new FieldBytes.Writer().bytes(key.toBytes()).fields(only(request.headers(), true)).toBytes();
	}

	private static HttpFields only(HttpFields all, boolean tracing) {
		HttpFields some = HttpFields.empty();
		for (int i = 0; i < all.size(); i++) {
			if (TRACING.contains(all.name(i).toLowerCase(Locale.ROOT)) == tracing) {
				some = some.with(all.name(i), all.value(i));
			}
		}
		return some;
	}

	@Override
	public int keyLength(byte[] encoded) {
		return Integer.BYTES + new FieldBytes(encoded).length();
	}

	@Override
	public @Nullable Object[] decodeArguments(byte[] encoded) {
		FieldBytes all = new FieldBytes(encoded);
		FieldBytes key = new FieldBytes(all.bytes());
		String method = key.text();
		String path = key.text();
		if (this.spec.verb() != null) {
			return new Object[] { path };
		}
		ScalesHttpRequest request = ScalesHttpRequest.of(method, path).body(key.bytes());
		HttpFields[] headers = { key.fields() };
		all.fields().forEach((name, value) -> headers[0] = headers[0].with(name, value));
		return new Object[] { request.headers(headers[0]) };
	}

	/** Successes, unless they say otherwise or set a cookie, which is for one caller. */
	@Override
	public boolean mayKeep(Object result) {
		ScalesHttpResponse response = (ScalesHttpResponse) result;
		HttpFields headers = response.headers();
		boolean whole = response.status() >= 200 && response.status() < 300 && response.status() != 206;
		return whole && headers.first("set-cookie") == null && !headers.all("vary").contains("*")
				&& headers.all("cache-control").stream().allMatch(CachedResponseCodec::allows);
	}

	private static boolean allows(String cacheControl) {
		String directives = cacheControl.toLowerCase(Locale.ROOT);
		return NOT_KEPT.stream().noneMatch(directives::contains);
	}

	@Override
	public byte[] encodeResult(Object result) {
		ScalesHttpResponse response = (ScalesHttpResponse) result;
		return new FieldBytes.Writer().number(response.status())
			.text(response.reason())
			.fields(response.headers())
			.bytes(response.body())
			.fields(response.trailers())
			.toBytes();
	}

	@Override
	public ScalesHttpResponse decodeResult(byte[] encoded) {
		FieldBytes in = new FieldBytes(encoded);
		return new ScalesHttpResponse(in.number(), in.text(), in.fields(), in.bytes(), in.fields());
	}

}
