package io.scalesrpc.spring.client;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fallbacks of client beans, without a server.
 */
class FallbackBeanTests {

	private static ApplicationContextRunner application(Class<?>... configurations) {
		return Contexts.bare()
			.withUserConfiguration(configurations)
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.defaults.timeout=300ms");
	}

	@Test
	void aClassThatIsNoBeanIsMadeWithItsDependenciesAndGivenBack() {
		AtomicBoolean destroyed = new AtomicBoolean();
		application(Clients.class).withBean(Answer.class, () -> new Answer(7, destroyed)).run((context) -> {
			assertThat(context).hasSingleBean(Divider.class).doesNotHaveBean(Seven.class);
			assertThat(context.getBean(Divider.class).divide(1, 0)).isEqualTo(7);
			assertThat(destroyed).isFalse();
		});
		assertThat(destroyed).isTrue();
	}

	@Test
	void aBeanThatImplementsTheInterfaceIsNeverTakenForTheClient() {
		application(Clients.class, WithBean.class).withBean(Answer.class, () -> new Answer(8, new AtomicBoolean()))
			.run((context) -> {
				assertThat(context.getBeanNamesForType(Divider.class)).hasSize(2);
				assertThat(Proxy.isProxyClass(context.getBean(Divider.class).getClass())).isTrue();
				User user = context.getBean(User.class);
				assertThat(user.divider()).isSameAs(context.getBean(Divider.class));
				assertThat(user.divider().divide(1, 0)).isEqualTo(8);
				assertThat(user.seven().asked).isTrue();
			});
	}

	@Test
	void aFactorySeesTheFailure() {
		application(Clients.class).withBean(Answer.class, () -> new Answer(7, new AtomicBoolean())).run((context) -> {
			assertThat(context.getBean(Telling.class).divide(1, 0).get()).isEqualTo(FailureKind.NOT_SENT.ordinal());
			assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> context.getBean(Picky.class).divide(1, 0));
		});
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(
				Arguments.of(Both.class, "names a fallback, " + Seven.class.getName() + ", and a fallbackFactory"),
				Arguments.of(Stranger.class, "Answer (expected: a class that implements the interface)"),
				Arguments.of(Itself.class, "(expected: a class that can be made"),
				Arguments.of(NoFactory.class, "(expected: a class that implements FallbackFactory<NoFactory>)"),
				Arguments.of(OtherFactory.class, "(expected: a class that implements FallbackFactory<OtherFactory>)"),
				Arguments.of(Nothing.class, "[TIMEOUT] (expected: none without fallback or fallbackFactory)"),
				Arguments.of(Impossible.class, "fallbackOn: [DECLARED] (expected: some of [NOT_SENT,"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void whatDoesNotFitStopsTheStart(Class<?> client, String reason) {
		Contexts.bare()
			.withBean(Answer.class, () -> new Answer(7, new AtomicBoolean()))
			.withBean(EagerClients.class)
			.withBean("definition", ScalesClientFactoryBean.class,
					() -> new ScalesClientFactoryBean<>(client, "calculator", void.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ScalesConfigurationException.class)
				.hasMessageContaining(reason));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Divider.class, Telling.class, Picky.class })
	static class Clients {

	}

	@Configuration(proxyBeanMethods = false)
	static class WithBean {

		@Bean
		Seven seven(Answer answer) {
			return new Seven(answer);
		}

		@Bean
		User user(Divider divider, Seven seven) {
			return new User(divider, seven);
		}

	}

	record User(Divider divider, Seven seven) {
	}

	record Answer(int number, AtomicBoolean destroyed) {
	}

	@ScalesClient(value = "calculator", service = Calculator.class, fallback = Seven.class)
	interface Divider {

		int divide(int dividend, int divisor);

	}

	@ScalesClient(value = "calculator", service = Calculator.class, fallbackFactory = Teller.class)
	interface Telling {

		CompletableFuture<Integer> divide(int dividend, int divisor);

	}

	@ScalesClient(value = "calculator", service = Calculator.class, fallback = PickySeven.class,
			fallbackOn = FailureKind.TIMEOUT)
	interface Picky {

		int divide(int dividend, int divisor);

	}

	static class Seven implements Divider, DisposableBean {

		private final Answer answer;

		private volatile boolean asked;

		Seven(Answer answer) {
			this.answer = answer;
		}

		@Override
		public int divide(int dividend, int divisor) {
			this.asked = true;
			return this.answer.number();
		}

		@Override
		public void destroy() {
			this.answer.destroyed().set(true);
		}

	}

	static class PickySeven implements Picky {

		@Override
		public int divide(int dividend, int divisor) {
			return 7;
		}

	}

	static class Teller implements FallbackFactory<Telling> {

		@Override
		public Telling create(ScalesException cause) {
			return (dividend, divisor) -> CompletableFuture.completedFuture(cause.kind().ordinal());
		}

	}

	@ScalesClient(value = "calculator", fallback = Seven.class, fallbackFactory = Teller.class)
	interface Both {

	}

	@ScalesClient(value = "calculator", fallback = Answer.class)
	interface Stranger {

	}

	@ScalesClient(value = "calculator", fallback = Itself.class)
	interface Itself {

	}

	@ScalesClient(value = "calculator", fallbackFactory = Answer.class)
	interface NoFactory {

	}

	@ScalesClient(value = "calculator", fallbackFactory = Teller.class)
	interface OtherFactory {

	}

	@ScalesClient(value = "calculator", fallbackOn = FailureKind.TIMEOUT)
	interface Nothing {

	}

	@ScalesClient(value = "calculator", fallback = ImpossibleSeven.class, fallbackOn = FailureKind.DECLARED)
	interface Impossible {

	}

	static class ImpossibleSeven implements Impossible {

	}

}
