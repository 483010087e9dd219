package io.scalesrpc.spring.client;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans become of the annotations, and which of them is injected.
 */
class ClientDefinitionTests {

	private static ApplicationContextRunner clients(String... names) {
		ApplicationContextRunner runner = Contexts.bare();
		for (String name : names) {
			runner = runner.withPropertyValues("scales.clients." + name + ".uri=tcp://localhost:1");
		}
		return runner;
	}

	@Test
	void oneInterfaceForTwoClientsIsTwoBeansNamedAndQualifiedByClient() {
		clients("east", "west").withUserConfiguration(TwoClusters.class).run((context) -> {
			assertThat(context.getBeanNamesForType(Plain.class)).containsExactly("eastClientDefinitionTests.Plain",
					"westClientDefinitionTests.Plain");
			Users users = context.getBean(Users.class);
			assertThat(users.east()).hasToString("east (" + Plain.class.getName() + ")");
			assertThat(users.west()).hasToString("west (" + Plain.class.getName() + ")");
			assertThat(context.getBean(ScalesClientRegistry.class).names()).containsExactly("east", "west");
		});
	}

	@Test
	void anUnqualifiedInjectionOfAnInterfaceForTwoClientsFailsWithBoth() {
		clients("east", "west").withUserConfiguration(TwoClusters.class, Unqualified.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("eastClientDefinitionTests.Plain")
				.hasMessageContaining("westClientDefinitionTests.Plain"));
	}

	@Test
	void theTextOfAnAmbiguousInjectionSaysWhereTheClientsAreFrom() {
		clients("east", "west").withUserConfiguration(TwoClusters.class).run((context) -> {
			String name = context.getBeanNamesForType(Plain.class)[0];
			assertThat(context.getBeanFactory().getBeanDefinition(name).getResourceDescription())
				.isEqualTo("client 'east', interface " + Plain.class.getName());
		});
	}

	@Test
	void anInterfaceThatIsScannedMayBeImportedForAnotherClient() {
		clients("calculator", "other").withUserConfiguration(ScannedAndImported.class)
			.run((context) -> assertThat(context.getBeanNamesForType(CalculatorClient.class))
				.containsExactlyInAnyOrder("calculatorCalculatorClient", "otherCalculatorClient"));
	}

	@Test
	void twoModulesMayEachSayWhereTheirClientsAre() {
		clients("calculator", "own").withUserConfiguration(ModuleOne.class, ModuleTwo.class)
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class).hasSingleBean(Own.class));
	}

	@Test
	void packagesThatOverlapGiveEachInterfaceOnce() {
		clients("calculator").withUserConfiguration(Overlapping.class)
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class));
	}

	@Test
	void interfacesWithOneSimpleNameAreTwoBeansHoweverOftenTheyAreFound() {
		clients("calculator", "second").withUserConfiguration(SameSimpleName.class)
			.run((context) -> assertThat(context).hasBean("calculatorClient")
				.hasBean(io.scalesrpc.spring.client.other.CalculatorClient.class.getName()));
	}

	@Test
	void twoServicesForOneInterfaceOfAClientStopTheStart() {
		clients("calculator").withUserConfiguration(TwoServices.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("service: ")
				.hasMessageContaining(Divider.class.getName()));
	}

	@Test
	void anAnnotationThatIsComposedIsOne() {
		clients("composed").withUserConfiguration(Composed.class).run((context) -> {
			assertThat(context.getBean(ComposedClient.class))
				.hasToString("composed (" + ComposedClient.class.getName() + ")");
			assertThat(context).hasSingleBean(NamedByMeta.class);
		});
	}

	@Test
	void aComposedEnablingAnnotationIsHeededBesideADirectOne() {
		clients("calculator", "own").withUserConfiguration(EnabledTwice.class)
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class).hasSingleBean(Own.class));
	}

	@Test
	void primaryIsHeeded() {
		clients("one", "two").withUserConfiguration(WithPrimary.class)
			.run((context) -> assertThat(context.getBean(Calculator.Iface.class)).isInstanceOf(PrimaryClient.class));
	}

	@Test
	void aQualifierOfTheInterfaceIsHeededAndTheNameOfTheClientIsOneOtherwise() {
		clients("one", "two").withUserConfiguration(WithPrimary.class, Qualified.class).run((context) -> {
			assertThat(context.getBean("byOwn", Holder.class).client()).isInstanceOf(QualifiedClient.class);
			assertThat(context.getBean("byClient", Holder.class).client()).isInstanceOf(PrimaryClient.class);
			assertThat(context.getBean("byName", Holder.class).client()).isInstanceOf(PrimaryClient.class);
		});
	}

	@Test
	void lazyIsHeeded() {
		Contexts.bare().withUserConfiguration(WithLazy.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanFactory().getBeanDefinition("clientDefinitionTests.LazyClient").isLazyInit())
				.isTrue();
		});
	}

	@Test
	void aProfileIsHeededOfAnInterfaceThatIsNamed() {
		Contexts.bare()
			.withUserConfiguration(WithProfile.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OnlyInProduction.class));
		clients("production").withUserConfiguration(WithProfile.class)
			.withInitializer((context) -> context.getEnvironment().addActiveProfile("production"))
			.run((context) -> assertThat(context).hasSingleBean(OnlyInProduction.class));
	}

	@Test
	void aConditionIsHeededOfAnInterfaceThatIsImported() {
		clients("calculator").withUserConfiguration(OwnPlain.class, ConditionalImport.class)
			.run((context) -> assertThat(context).hasSingleBean(Unwanted.class).hasBean("own"));
	}

	@Test
	void aBeanOfTheApplicationIsInjectedInThePlaceOfTheClientWhichNeedNotBeConfigured() {
		Contexts.bare()
			.withUserConfiguration(WithOwn.class)
			.run((context) -> assertThat(context.getBean(Holder.class).client()).hasToString("own"));
	}

	@Test
	void aDecoratorOfTheApplicationIsInjectedAndGetsTheClient() {
		clients("own").withUserConfiguration(WithDecorator.class).run((context) -> {
			Own injected = context.getBean(Own.class);
			assertThat(injected).hasToString("decorated own (" + Own.class.getName() + ")");
		});
	}

	private static <T> T own(Class<T> type, String text) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals("toString") ? text : null));
	}

	interface Plain extends Calculator.Iface {

	}

	interface Divider {

		int divide(int dividend, int divisor);

	}

	@ScalesClient("own")
	interface Own extends Calculator.Iface {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	@ScalesClient("composed")
	@interface OurClient {

		@AliasFor(annotation = ScalesClient.class, attribute = "value")
		String name() default "composed";

	}

	@OurClient
	interface ComposedClient extends Calculator.Iface {

	}

	@OurClient(name = "composed")
	interface NamedByMeta extends Calculator.Iface {

	}

	@Primary
	@ScalesClient("one")
	interface PrimaryClient extends Calculator.Iface {

	}

	@Qualifier("other")
	@ScalesClient("two")
	interface QualifiedClient extends Calculator.Iface {

	}

	@Lazy
	@ScalesClient("nowhere")
	interface LazyClient extends Calculator.Iface {

	}

	@Profile("production")
	@ScalesClient("production")
	interface OnlyInProduction extends Calculator.Iface {

	}

	@ConditionalOnMissingBean(Unwanted.class)
	interface Unwanted extends Calculator.Iface {

	}

	record Users(Plain east, Plain west) {
	}

	record Holder(Calculator.Iface client) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "east", types = Plain.class)
	@ImportScalesClients(name = "west", types = Plain.class)
	static class TwoClusters {

		@Bean
		Users users(@Qualifier("east") Plain one, @Qualifier("westClientDefinitionTests.Plain") Plain two) {
			return new Users(one, two);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unqualified {

		@Bean
		Holder holder(Plain plain) {
			return new Holder(plain);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = CalculatorClient.class)
	@ImportScalesClients(name = "other", types = CalculatorClient.class)
	static class ScannedAndImported {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = CalculatorClient.class)
	static class ModuleOne {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Own.class, CalculatorClient.class })
	static class ModuleTwo {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(basePackages = { "io.scalesrpc.spring.app", "io.scalesrpc.spring.app" },
			basePackageClasses = CalculatorClient.class, clients = CalculatorClient.class)
	static class Overlapping {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(basePackages = { "io.scalesrpc.spring.app", "io.scalesrpc.spring.client.other",
			"io.scalesrpc.spring.client.other" })
	static class SameSimpleName {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "calculator", types = Divider.class, service = Calculator.class)
	@ImportScalesClients(name = "calculator", types = Divider.class, service = String.class)
	static class TwoServices {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { ComposedClient.class, NamedByMeta.class })
	static class Composed {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	@EnableScalesClients(clients = CalculatorClient.class)
	@interface EnableOurs {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableOurs
	@EnableScalesClients(clients = Own.class)
	static class EnabledTwice {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { PrimaryClient.class, QualifiedClient.class })
	static class WithPrimary {

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		Holder byOwn(@Qualifier("other") Calculator.Iface client) {
			return new Holder(client);
		}

		@Bean
		Holder byClient(@Qualifier("one") Calculator.Iface client) {
			return new Holder(client);
		}

		@Bean
		Holder byName(@Qualifier("clientDefinitionTests.PrimaryClient") Calculator.Iface client) {
			return new Holder(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = LazyClient.class)
	static class WithLazy {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = OnlyInProduction.class)
	static class WithProfile {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPlain {

		@Bean
		Unwanted own() {
			return ClientDefinitionTests.own(Unwanted.class, "own");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "calculator", types = Unwanted.class)
	static class ConditionalImport {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Own.class)
	static class WithOwn {

		@Bean
		Own ownBean() {
			return own(Own.class, "own");
		}

		@Bean
		Holder holder(Own own) {
			return new Holder(own);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Own.class)
	static class WithDecorator {

		@Bean
		Own decorator(Own delegate) {
			return own(Own.class, "decorated " + delegate);
		}

	}

}
