package io.scalesrpc.spring.inbound;

import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

class ScalesInboundAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ScalesMetricsAutoConfiguration.class,
			ScalesClientsAutoConfiguration.class, ScalesInboundAutoConfiguration.class,
			ScalesReactiveInboundAutoConfiguration.class);

	private final WebApplicationContextRunner servlets = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	@Test
	void theThreadOfAServletServesItsRequestAndNoneAfterwards() {
		this.servlets.run((context) -> {
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.addHeader("x-request-timeout", "200");
			request.addHeader("x-retry-attempt", "1");
			InboundRequest seen = serve(context.getBean(InboundRequestFilter.class), request);
			assertThat(seen).isNotNull();
			assertThat(seen.attempt()).isEqualTo(1);
			assertThat(seen.deadline()).isNotNull();
			assertThat(seen.deadline().timeoutNanos()).isEqualTo(200_000_000);
			assertThat(InboundRequest.current()).isNull();
		});
	}

	@Test
	void anAsynchronousDispatchServesTheRequestWithTheTimeThatIsLeft() {
		this.servlets.run((context) -> {
			InboundRequestFilter filter = context.getBean(InboundRequestFilter.class);
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.addHeader("grpc-timeout", "200m");
			InboundRequest first = serve(filter, request);
			request.setDispatcherType(DispatcherType.ASYNC);
			assertThat(serve(filter, request)).isSameAs(first).isNotNull();
			assertThat(InboundRequest.current()).isNull();
		});
	}

	@Test
	void aRequestThatSaysNothingIsServedForNobody() {
		this.servlets.run((context) -> {
			InboundRequestFilter filter = context.getBean(InboundRequestFilter.class);
			MockHttpServletRequest request = new MockHttpServletRequest();
			assertThat(serve(filter, request)).isNull();
			request.setDispatcherType(DispatcherType.ASYNC);
			assertThat(serve(filter, request)).isNull();
		});
	}

	@Test
	void headersHaveTheNamesOfTheConfiguration() {
		this.servlets
			.withPropertyValues("scales.inbound.timeout-header=x-envoy-expected-rq-timeout-ms",
					"scales.inbound.max-timeout=1s")
			.run((context) -> {
				MockHttpServletRequest request = new MockHttpServletRequest();
				request.addHeader("X-Request-Timeout", "200");
				request.addHeader("x-envoy-expected-rq-timeout-ms", "5000");
				InboundRequest seen = serve(context.getBean(InboundRequestFilter.class), request);
				assertThat(seen).isNotNull();
				assertThat(seen.deadline()).isNotNull();
				assertThat(seen.deadline().timeoutNanos()).isEqualTo(1_000_000_000);
			});
	}

	@Test
	void aReactiveApplicationHasTheRequestInReactorsContext() {
		this.reactive.run((context) -> {
			assertThat(context).doesNotHaveBean(InboundRequestFilter.class);
			WebFilter filter = context.getBean(InboundRequestWebFilter.class);
			InboundRequest seen = exchange(filter, MockServerHttpRequest.get("/").header("X-Request-Timeout", "200ms"));
			assertThat(seen).isNotNull();
			assertThat(seen.deadline()).isNotNull();
			assertThat(seen.deadline().timeoutNanos()).isEqualTo(200_000_000);
			assertThat(exchange(filter, MockServerHttpRequest.get("/"))).isNull();
		});
	}

	/**
	 * What spring.task.execution.propagate-context does to the tasks of Async methods.
	 */
	@Test
	void aTaskThatSpringDecoratesServesTheRequestOnAnotherThread() throws InterruptedException {
		InboundRequest request = new InboundRequest(null, 1);
		AtomicReference<@Nullable InboundRequest> seen = new AtomicReference<>();
		InboundRequest.current(request);
		Thread worker = new Thread(
				new ContextPropagatingTaskDecorator().decorate(() -> seen.set(InboundRequest.current())));
		InboundRequest.current(null);
		worker.start();
		worker.join();
		assertThat(seen.get()).isSameAs(request);
	}

	@Test
	void nothingIsReadWhereItIsSwitchedOffOrThereIsNoWeb() {
		this.servlets.withPropertyValues("scales.inbound.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(OncePerRequestFilter.class));
		this.reactive.withPropertyValues("scales.inbound.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WebFilter.class));
		Contexts.bare()
			.withConfiguration(CONFIGURATIONS)
			.withClassLoader(new FilteredClassLoader("org.springframework.web", "jakarta.servlet", "reactor"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aValueOutOfRangeStopsTheStart() {
		this.servlets.withPropertyValues("scales.inbound.first-attempt=2")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("first-attempt"));
		this.servlets.withPropertyValues("scales.inbound.max-timeout=0")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("max-timeout"));
	}

	private static @Nullable InboundRequest serve(InboundRequestFilter filter, MockHttpServletRequest request)
			throws Exception {
		AtomicReference<@Nullable InboundRequest> seen = new AtomicReference<>();
		filter.doFilter(request, new MockHttpServletResponse(),
				(ignored, response) -> seen.set(InboundRequest.current()));
		return seen.get();
	}

	private static @Nullable InboundRequest exchange(WebFilter filter, MockServerHttpRequest.BaseBuilder<?> request) {
		AtomicReference<@Nullable InboundRequest> seen = new AtomicReference<>();
		filter.filter(MockServerWebExchange.from(request), (exchange) -> Mono.deferContextual((context) -> {
			seen.set(context.getOrDefault(InboundRequest.KEY, null));
			return Mono.empty();
		})).block();
		return seen.get();
	}

}
