package io.scalesrpc.http.protocol;

import java.util.Objects;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.http.ScalesHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A method of a client interface, and how its arguments make a request. Its name is that
 * in Java, so that metrics have as many rows as an interface has methods, and not as many
 * as there are paths. <em>Immutable</em>.
 *
 * @param service the interface
 * @param name the name of the method
 * @param verb the HTTP method where the arguments are a path and perhaps the type of a
 * body and the body; {@code null} where the only argument is a {@link ScalesHttpRequest}
 * @param keepable whether answers may be kept: those of GET and HEAD
 */
@Internal
public record HttpMethodSpec(String service, String name, @Nullable String verb,
		boolean keepable) implements MethodSpec {

	/**
	 * A method whose answers may be kept if its requests are GET or HEAD.
	 * @param service the interface
	 * @param name the name of the method
	 * @param verb the HTTP method, or {@code null} if the request has it
	 */
	public HttpMethodSpec(String service, String name, @Nullable String verb) {
		this(service, name, verb, verb == null || CachedResponseCodec.isKeepable(verb));
	}

	@Override
	public boolean oneway() {
		return false;
	}

	@Override
	public @Nullable MethodCodec codec() {
		return this.keepable ? new CachedResponseCodec(this) : null;
	}

	/**
	 * By its HTTP method a request may be idempotent; what is configured comes first.
	 */
	@Override
	public CallOptions options(CallOptions configured, @Nullable Object[] arguments) {
		if (configured.has(Idempotence.KEY) || !isIdempotent(arguments)) {
			return configured;
		}
		return configured.with(Idempotence.KEY, true);
	}

	private boolean isIdempotent(@Nullable Object[] arguments) {
		return arguments.length > 0 && arguments[0] != null && request(arguments).isIdempotent();
	}

	/**
	 * Makes the request of a call.
	 * @param arguments those of the method
	 * @return the request
	 * @throws NullPointerException if one is missing; the text names it
	 */
	ScalesHttpRequest request(@Nullable Object[] arguments) {
		if (this.verb == null) {
			return (ScalesHttpRequest) Objects.requireNonNull(arguments[0], "request: null (expected: a request)");
		}
		String path = (String) Objects.requireNonNull(arguments[0], "path: null (expected: /...)");
		ScalesHttpRequest request = ScalesHttpRequest.of(this.verb, path);
		if (arguments.length == 1) {
			return request;
		}
		String type = (String) Objects.requireNonNull(arguments[1], "contentType: null (expected: a media type)");
		byte[] body = (byte[]) Objects.requireNonNull(arguments[2], "body: null (expected: bytes)");
		return request.header("Content-Type", type).body(body);
	}

}
