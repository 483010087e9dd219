package io.scalesrpc.spring.http;

import java.util.List;

import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP interfaces in a context that was worked out ahead of time: it is compiled, and
 * calls a real server.
 */
class HttpInterfaceAotTests {

	private final TestGenerationContext generation = new TestGenerationContext();

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("scales.clients.users.uri=tcp://build-time:1", "scales.clients.users.protocol=http")
				.applyTo(context);
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
			return initializer;
		}
	}

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void theGeneratedContextCallsTheServerOfTheRunTimeConfiguration() {
		ClassName initializer = process();
		try (UserServer server = UserServer.start()) {
			TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
				GenericApplicationContext context = new GenericApplicationContext();
				TestPropertyValues
					.of("scales.clients.users.uri=" + server.uri(), "scales.clients.users.protocol=http",
							"scales.clients.users.connect-timeout=5s")
					.applyTo(context);
				compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName())
					.initialize(context);
				use(context);
			});
		}
	}

	private static void use(ConfigurableApplicationContext context) {
		try (context) {
			context.refresh();
			assertThat(context.getBean(UserClient.class).getUser(7)).isEqualTo(new User(7, "user 7"));
			assertThat(context.getBean(UserClient.class).nameOf(8)).isEqualTo("user 8");
			assertThat(context.getBean(AsyncUserClient.class).getUser(9).block()).isEqualTo(new User(9, "user 9"));
		}
	}

	@Test
	void aNativeImageKnowsProxiesMethodsAndBodies() throws NoSuchMethodException {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(UserClient.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(UserClient.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(MethodCaller.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ScalesHttpClient.class)).accepts(hints);
		for (Class<?> own : List.of(MethodCaller.class, ScalesHttpClient.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(own)
				.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(UserClient.class.getMethod("addUser", User.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(User.class.getDeclaredConstructors()[0]))
			.accepts(hints);
	}

	@Test
	void aNativeImageKnowsTheReadyClientOfAnApplicationWithoutInterfaces() {
		RuntimeHints hints = new RuntimeHints();
		new ReadyClientHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ScalesHttpClient.class)).accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesHttpAutoConfiguration.class,
			ScalesClientsAutoConfiguration.class })
	@ImportScalesClients(name = "users", types = { UserClient.class, AsyncUserClient.class })
	static class Application {

	}

}
