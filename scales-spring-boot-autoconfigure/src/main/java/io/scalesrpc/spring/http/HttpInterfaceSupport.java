package io.scalesrpc.spring.http;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Caller;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.RoutingKey;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.client.support.InterfaceSupport;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringValueResolver;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Makes proxies of interfaces with {@code @HttpExchange}: Spring makes requests of their
 * calls, and the client carries them. Methods that wait for their results are on the
 * application's own {@code RestClient.Builder} where there is one, the others on its
 * {@code WebClient.Builder}, whatever else the interface has. <em>Thread-safe</em>.
 */
final class HttpInterfaceSupport implements InterfaceSupport {

	private final ObjectProvider<RestClient.Builder> builders;

	private final @Nullable Function<ClientHandle<?>, HttpExchangeAdapter> reactive;

	private final StringValueResolver placeholders;

	/**
	 * Creates the support.
	 * @param builders the application's builder, if there is one
	 * @param reactive makes what carries requests of methods that do not wait;
	 * {@code null} without WebFlux
	 * @param placeholders resolves those in annotations
	 */
	HttpInterfaceSupport(ObjectProvider<RestClient.Builder> builders,
			@Nullable Function<ClientHandle<?>, HttpExchangeAdapter> reactive, StringValueResolver placeholders) {
		this.builders = builders;
		this.reactive = reactive;
		this.placeholders = placeholders;
	}

	@Override
	public boolean supports(Class<?> type) {
		return HttpInterface.isOne(type);
	}

	@Override
	public String protocol() {
		return "http";
	}

	@Override
	public Class<?> stand() {
		return ScalesHttpClient.class;
	}

	@Override
	public <T> T create(ClientHandle<?> client, Class<T> type, @Nullable FallbackSettings<T> fallback) {
		HttpInterface description = new HttpInterface(type);
		HttpInterfaceCheck check = new HttpInterfaceCheck(description, client.name());
		check.requireRequestsOnly();
		check.requireNames();
		check.requireCoroutines();
		check.requireOwnServer(this.placeholders, new HttpCalls(client, false)::requireOurs);
		ClientIntegration calls = ClientIntegration.of(client);
		boolean routes = calls.routesByKey(type, description.requests());
		Map<Method, MethodCaller> callers = new HashMap<>();
		description.requests().forEach((method) -> callers.put(method, calls.caller(description.spec(method))));
		T later = description.asynchronous().isEmpty() ? null
				: proxy(type, reactive(client, check), callers, routes, fallback);
		// For functions that suspend Spring has one proxy only, and they have no others
		// beside them.
		T waiting = (later != null && !description.suspending().isEmpty()) ? later
				: proxy(type, blocking(client), callers, routes, fallback);
		Map<Method, Object> requests = new HashMap<>();
		callers.keySet()
			.forEach((method) -> requests.put(method,
					(later != null && HttpInterface.isLater(method)) ? later : waiting));
		T proxy = HttpClientProxy.create(type, client.name(), requests);
		return (fallback != null) ? calls.guard(type, proxy, fallback) : proxy;
	}

	private <T> T proxy(Class<T> type, HttpExchangeAdapter adapter, Map<Method, MethodCaller> callers, boolean routes,
			@Nullable FallbackSettings<T> fallback) {
		return HttpServiceProxyFactory.builder()
			.exchangeAdapter(adapter)
			.embeddedValueResolver(this.placeholders)
			.customArgumentResolver((argument, parameter, request) -> {
				boolean isOptions = parameter.getParameterType() == CallOptions.class;
				if (isOptions && argument != null) {
					request.addAttribute(HttpCalls.OPTIONS, argument);
				}
				return isOptions || isKeyOnly(argument, parameter, request, routes);
			})
			.httpRequestValuesProcessor((method, parameters, arguments, request) -> {
				request.addAttribute(HttpCalls.CALLER, Objects.requireNonNull(callers.get(method)));
				if (fallback != null) {
					request.addAttribute(HttpCalls.FALLBACK_ON, fallback.on());
				}
				if (HttpInterface.isLater(method)) {
					// Its request may be sent by another thread.
					request.addAttribute(HttpCalls.AROUND, Caller.current().options());
				}
				request.addAttribute(HttpCalls.STREAMED, HttpInterface.isStreamed(method));
			})
			.build()
			.createClient(type);
	}

	/** A key may be a part of the request as well, which is for Spring to see. */
	private static boolean isKeyOnly(@Nullable Object argument, MethodParameter parameter,
			HttpRequestValues.Builder request, boolean routes) {
		if (!parameter.hasParameterAnnotation(RoutingKey.class)) {
			return false;
		}
		OptionalLong key = routes ? RoutingHash.of(argument) : OptionalLong.empty();
		if (key.isPresent()) {
			request.addAttribute(HttpCalls.ROUTING, key);
		}
		return Arrays.stream(parameter.getParameterAnnotations())
			.noneMatch((annotation) -> annotation.annotationType().getName().startsWith("org.springframework."));
	}

	private HttpExchangeAdapter blocking(ClientHandle<?> client) {
		// A copy: the application's own may be for everybody.
		RestClient.Builder builder = this.builders.getIfAvailable(RestClient::builder).clone();
		return RestClientAdapter.create(builder.requestFactory(new ScalesClientHttpRequestFactory(client)).build());
	}

	private HttpExchangeAdapter reactive(ClientHandle<?> client, HttpInterfaceCheck check) {
		if (this.reactive == null) {
			throw check.withoutWebFlux();
		}
		return this.reactive.apply(client);
	}

}
