package io.scalesrpc.spring.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Caller;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.protocol.HttpMethodSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Sends Spring's requests as calls of one client. An answer whose status is a failure to
 * Scales is an answer to Spring, which has rules of its own for it. <em>Thread-safe</em>.
 */
final class HttpCalls {

	/** Which method of an interface a request is made for: a {@link MethodCaller}. */
	static final String CALLER = HttpCalls.class.getName() + ".caller";

	/** How the call is to be treated, by a parameter of the method. */
	static final String OPTIONS = HttpCalls.class.getName() + ".options";

	/** How calls are to be treated that are made where the method was called. */
	static final String AROUND = HttpCalls.class.getName() + ".around";

	/** The hash of the routing key, an {@code OptionalLong}, if one is read. */
	static final String ROUTING = HttpCalls.class.getName() + ".routing";

	/** The failures that a fallback stands in for, with an answer or without. */
	static final String FALLBACK_ON = HttpCalls.class.getName() + ".fallbackOn";

	/**
	 * Whether the answer is to be a stream: a {@link Boolean}; without it, the default.
	 */
	static final String STREAMED = HttpCalls.class.getName() + ".streamed";

	private static final Set<String> VERBS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	/** What a request with a method of its own counts as: metrics must not grow. */
	private static final String OTHER = "exchange";

	private final ClientHandle<?> client;

	private final boolean streaming;

	/** For requests that no interface makes. */
	private final Map<String, MethodCaller> byVerb = new ConcurrentHashMap<>();

	/**
	 * Creates the calls of a client.
	 * @param streaming whether answers are streams where no request says otherwise
	 * @throws IllegalArgumentException if it speaks something else
	 */
	HttpCalls(ClientHandle<?> client, boolean streaming) {
		Assert.isTrue(client.protocol().equals("http"),
				() -> "client " + client.name() + ": protocol " + client.protocol() + " (expected: http)");
		this.client = client;
		this.streaming = streaming;
	}

	/** The same client with another default. */
	HttpCalls streaming(boolean newDefault) {
		return new HttpCalls(this.client, newDefault);
	}

	ScalesHttpResponse send(ScalesHttpRequest request, Map<String, Object> attributes) throws IOException {
		try {
			return response(caller(request, attributes).call(streamed(request, attributes),
					own(attributes, Caller.current().options())));
		}
		catch (ScalesException ex) {
			ScalesHttpResponse answer = answer(ex, attributes);
			if (answer != null) {
				return answer;
			}
			throw ex;
		}
	}

	/** The future of the call itself: who cancels it cancels the call. */
	CompletableFuture<@Nullable Object> start(ScalesHttpRequest request, Map<String, Object> attributes) {
		MethodCaller caller = caller(request, attributes);
		ScalesHttpRequest sent = streamed(request, attributes);
		CallOptions around = said(attributes, AROUND);
		return around.call(() -> caller.start(sent, own(attributes, around)));
	}

	/** A key that a caller says of the call comes before that of a parameter. */
	private static CallOptions own(Map<String, Object> attributes, CallOptions around) {
		CallOptions own = said(attributes, OPTIONS);
		boolean isSaid = own.has(RoutingHash.KEY) || around.has(RoutingHash.KEY);
		return (!isSaid && attributes.get(ROUTING) instanceof OptionalLong key) ? own.with(RoutingHash.KEY, key) : own;
	}

	private static CallOptions said(Map<String, Object> attributes, String where) {
		return (attributes.get(where) instanceof CallOptions options) ? options : CallOptions.NONE;
	}

	private ScalesHttpRequest streamed(ScalesHttpRequest request, Map<String, Object> attributes) {
		boolean asked = (attributes.get(STREAMED) instanceof Boolean own) ? own : this.streaming;
		return asked ? request.streamed() : request;
	}

	/** The answer of a call that failed because of its status, if that is for Spring. */
	static @Nullable ScalesHttpResponse answer(ScalesException exception, Map<String, Object> attributes) {
		boolean isForFallback = attributes.get(FALLBACK_ON) instanceof Set<?> kinds && kinds.contains(exception.kind());
		return (!isForFallback && exception.getCause() instanceof HttpStatusException status) ? status.response()
				: null;
	}

	static ScalesHttpResponse response(@Nullable Object value) {
		if (value instanceof ScalesHttpResponse response) {
			return response;
		}
		throw new IllegalStateException("answer: " + value + " (expected: of HTTP)");
	}

	private MethodCaller caller(ScalesHttpRequest request, Map<String, Object> attributes) {
		if (attributes.get(CALLER) instanceof MethodCaller ofInterface) {
			return ofInterface;
		}
		String verb = request.method();
		return this.byVerb.computeIfAbsent(VERBS.contains(verb) ? verb : OTHER,
				(name) -> ClientIntegration.of(this.client)
					.caller(new HttpMethodSpec("http", name.toLowerCase(Locale.ROOT), null)));
	}

	/**
	 * Makes a request of Spring's parts. The length is known from the body.
	 * @throws IllegalArgumentException if it is meant for another server
	 */
	ScalesHttpRequest request(HttpMethod method, URI uri, HttpHeaders headers, byte[] body) {
		requireOurs(uri);
		List<String> fields = new ArrayList<>(2 * headers.size());
		headers.forEach((name, values) -> add(name, values, fields));
		ScalesHttpRequest request = ScalesHttpRequest.of(method.name(), path(uri))
			.headers(HttpFields.of(fields.toArray(String[]::new)));
		return (body.length > 0) ? request.body(body) : request;
	}

	private static void add(String name, List<String> values, List<String> fields) {
		if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
			for (String value : values) {
				fields.add(name);
				fields.add(value);
			}
		}
	}

	/** Whoever asks for another server must not get an answer of these. */
	void requireOurs(URI uri) {
		String name = this.client.name();
		boolean https = "https".equalsIgnoreCase(uri.getScheme());
		boolean plain = uri.getScheme() == null || uri.getScheme().equalsIgnoreCase("http");
		boolean named = uri.getRawAuthority() == null || uri.getRawAuthority().equalsIgnoreCase(name);
		if (!named || !(plain || https)) {
			throw new IllegalArgumentException("uri: " + uri.getScheme() + "://" + uri.getRawAuthority()
					+ " (expected: http://" + name + ", or a path alone, for requests of client '" + name + "')");
		}
		if (https && !ClientIntegration.of(this.client).speaksTls()) {
			throw new IllegalArgumentException("uri: https://" + name + " (expected: http://" + name
					+ ", or TLS: a uri of client '" + name + "' with https://, or an ssl.bundle)");
		}
	}

	/** A relative path begins at the root, which is where the servers are. */
	private static String path(URI uri) {
		String path = uri.getRawPath();
		String query = uri.getRawQuery();
		String absolute = (path == null || !path.startsWith("/")) ? "/" + Objects.requireNonNullElse(path, "") : path;
		return (query != null) ? absolute + "?" + query : absolute;
	}

}
