package io.scalesrpc.spring.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the thread of a caller has, where callbacks and fallbacks of Spring's interfaces
 * run: the MDC, and request attributes, whose accessor the application registers.
 */
class HttpCallerContextTests {

	private static final String USER = "user";

	private UserServer server;

	@BeforeEach
	void fill() {
		this.server = UserServer.start();
		ContextRegistry.getInstance().registerThreadLocalAccessor(new RequestAttributesThreadLocalAccessor());
		MDC.put(USER, "alice");
		ServletRequestAttributes attributes = new ServletRequestAttributes(new MockHttpServletRequest());
		attributes.setAttribute(USER, "ada", RequestAttributes.SCOPE_REQUEST);
		RequestContextHolder.setRequestAttributes(attributes);
	}

	@AfterEach
	void clear() {
		this.server.close();
		RequestContextHolder.resetRequestAttributes();
		ContextRegistry.getInstance().removeThreadLocalAccessor(RequestAttributesThreadLocalAccessor.KEY);
		MDC.clear();
	}

	private static String seen() {
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		return MDC.get(USER) + " for "
				+ ((attributes != null) ? attributes.getAttribute(USER, RequestAttributes.SCOPE_REQUEST) : "nobody");
	}

	@Test
	void callbacksOfEveryStyleFindIt() {
		this.server.application().withUserConfiguration(Plain.class).run((context) -> {
			Names names = context.getBean(Names.class);
			assertThat(names.future(200).thenApply((name) -> seen())).succeedsWithin(20, TimeUnit.SECONDS)
				.isEqualTo("alice for ada");
			assertThat(names.mono(200).map((name) -> seen()).block()).isEqualTo("alice for ada");
		});
	}

	@Test
	void fallbacksOfEveryStyleFindIt() {
		this.server.application().withUserConfiguration(Guarded.class).run((context) -> {
			Names names = context.getBean(GuardedNames.class);
			assertThat(names.future(500)).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("alice for ada");
			assertThat(names.mono(500).block()).isEqualTo("alice for ada");
			assertThat(names.flux(500).blockLast()).isEqualTo("alice for ada");
		});
	}

	/** One method of each style. */
	interface Styles {

		@GetExchange("/status/{status}")
		CompletableFuture<String> future(@PathVariable int status);

		@GetExchange("/status/{status}")
		Mono<String> mono(@PathVariable int status);

		@GetExchange("/status/{status}")
		Flux<String> flux(@PathVariable int status);

	}

	@ScalesClient("users")
	interface Names extends Styles {

	}

	@ScalesClient(value = "users", fallback = Seer.class)
	interface GuardedNames extends Names {

	}

	/** Answers with what it finds. */
	static final class Seer implements GuardedNames {

		@Override
		public CompletableFuture<String> future(int status) {
			return CompletableFuture.completedFuture(seen());
		}

		@Override
		public Mono<String> mono(int status) {
			return Mono.just(seen());
		}

		@Override
		public Flux<String> flux(int status) {
			return Flux.just(seen());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Names.class)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = GuardedNames.class)
	static class Guarded {

	}

}
