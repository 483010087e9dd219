package io.scalesrpc.spring.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.Sink;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which clients the filters of an application are for, without a server. */
class FilterBeanTests {

	private static ApplicationContextRunner application(Class<?>... configurations) {
		return Contexts.bare()
			.withUserConfiguration(Clients.class)
			.withUserConfiguration(configurations)
			.withBean(Seen.class)
			.withPropertyValues("scales.clients.price-list.uri=tcp://localhost:1",
					"scales.clients.orders.uri=tcp://localhost:1");
	}

	private static List<String> seen(Calculator.Iface client, Seen seen) {
		seen.clear();
		assertThatExceptionOfType(ScalesException.class).isThrownBy(client::ping);
		return List.copyOf(seen);
	}

	@Test
	void aFilterIsForTheClientsItNamesAndOneThatNamesNoneForAll() {
		application(Filters.class).run((context) -> {
			Seen seen = context.getBean(Seen.class);
			assertThat(seen(context.getBean(Prices.class), seen)).containsExactly("prices", "both", "made anew", "all");
			assertThat(seen(context.getBean(Orders.class), seen)).containsExactly("both", "all");
		});
	}

	@Test
	void aNameThatNoClientHasStopsTheStart() {
		application(Wrong.class).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessage("Scales client 'ordrs': the filter 'wrong': @ScalesClientFilter(\"ordrs\"): no client has this"
					+ " name (expected: one of [orders, price-list])"));
	}

	@Test
	void aBeanMethodsAnnotationOfAFilterThatIsNoSingletonStopsTheStart() {
		application(Lost.class).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("the filter 'lost': @ScalesClientFilter on its bean method (expected: on its class"));
	}

	/** What filters say they saw. */
	static final class Seen extends CopyOnWriteArrayList<String> {

		private static final long serialVersionUID = 1L;

	}

	@ScalesClient("price-list")
	interface Prices extends Calculator.Iface {

	}

	@ScalesClient("orders")
	interface Orders extends Calculator.Iface {

	}

	/**
	 * Notes that a call came.
	 *
	 * @param name what is noted
	 * @param seen where
	 */
	private record Noting(String name, Seen seen) implements CallFilter {

		@Override
		public void filter(Call call, Sink next) {
			this.seen.add(this.name);
			next.dispatch(call);
		}

	}

	/** One that is made anew for each client, known by its class. */
	@ScalesClientFilter("priceList")
	@Order(3)
	static final class Anew implements CallFilter {

		private final Seen seen;

		Anew(Seen seen) {
			this.seen = seen;
		}

		@Override
		public void filter(Call call, Sink next) {
			this.seen.add("made anew");
			next.dispatch(call);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "price-list", types = Prices.class)
	static class Clients {

		@Configuration(proxyBeanMethods = false)
		@ImportScalesClients(name = "orders", types = Orders.class)
		static class More {

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		@Order(1)
		@ScalesClientFilter("pricelist")
		CallFilter prices(Seen seen) {
			return new Noting("prices", seen);
		}

		@Bean
		@Order(2)
		@ScalesClientFilter({ "price-list", "orders" })
		CallFilter both(Seen seen) {
			return new Noting("both", seen);
		}

		@Bean
		@Scope("prototype")
		Anew anew(Seen seen) {
			return new Anew(seen);
		}

		@Bean
		@Order(4)
		CallFilter all(Seen seen) {
			return (call, next) -> {
				seen.add("all");
				call.end(Failure.of(FailureKind.REMOTE, "no"));
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lost {

		@Bean
		@Scope("prototype")
		@ScalesClientFilter("orders")
		CallFilter lost() {
			return (call, next) -> next.dispatch(call);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrong {

		@Bean
		@ScalesClientFilter("ordrs")
		CallFilter wrong() {
			return (call, next) -> next.dispatch(call);
		}

	}

}
