package io.scalesrpc.spring.client;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.IntBinaryOperator;

import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is loaded anew by a class loader of its own, as by Spring Boot's
 * developer tools: libraries stay, and so does Scales.
 */
class RestartTests {

	private static final String RESTARTED = "io.scalesrpc.spring.client.restarted.";

	@Test
	void anApplicationThatIsRestartedHasClientsOfItsNewClasses() throws Exception {
		try (CalculatorServer server = CalculatorServer.start()) {
			start(server);
			start(server);
			assertThat(server.calls()).hasValue(2);
		}
	}

	/** Starts the application with new classes, calls, and stops it. */
	private static void start(CalculatorServer server) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader old = thread.getContextClassLoader();
		Restarted loader = new Restarted();
		thread.setContextClassLoader(loader);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
				Class.forName(RESTARTED + "RestartedApplication", true, loader))
			.resourceLoader(new DefaultResourceLoader(loader))
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.properties("scales.clients.calculator.uri=" + server.uri(), "spring.main.log-startup-info=false")
			.run()) {
			assertThat(context.getBean(IntBinaryOperator.class).applyAsInt(84, 2)).isEqualTo(42);
			Class<?> type = Class.forName(RESTARTED + "RestartedClient", true, loader);
			assertThat(type.getClassLoader()).isSameAs(loader);
			assertThat(context.getBean(type)).isInstanceOf(type);
		}
		finally {
			thread.setContextClassLoader(old);
		}
	}

	/** Loads the application itself, and everything else by its parent. */
	private static final class Restarted extends URLClassLoader {

		Restarted() {
			super(new URL[0], RestartTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			return (name.startsWith(RESTARTED) && findLoadedClass(name) == null) ? define(name)
					: super.loadClass(name, resolve);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (var bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] code = bytes.readAllBytes();
				return defineClass(name, code, 0, code.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
