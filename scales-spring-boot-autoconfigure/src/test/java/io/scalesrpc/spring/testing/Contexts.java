package io.scalesrpc.spring.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.discovery.ScalesDiscoveryAutoConfiguration;
import io.scalesrpc.spring.discovery.ScalesRegistryAutoConfiguration;
import io.scalesrpc.spring.discovery.ScalesZooKeeperAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Application contexts with the auto-configuration of clients. <em>Thread-safe</em>.
 */
public final class Contexts {

	private Contexts() {
	}

	/**
	 * A context without an application.
	 * @return the runner
	 */
	public static ApplicationContextRunner bare() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ScalesMetricsAutoConfiguration.class,
					ScalesClientsAutoConfiguration.class, ScalesZooKeeperAutoConfiguration.class,
					ScalesRegistryAutoConfiguration.class, ScalesDiscoveryAutoConfiguration.class));
	}

	/**
	 * A context whose application is the package of test interfaces.
	 * @return the runner
	 */
	public static ApplicationContextRunner application() {
		return bare().withUserConfiguration(Application.class);
	}

	/**
	 * Adds a configuration file.
	 * @param runner the runner
	 * @param yaml the text of {@code application.yml}
	 * @return the runner with the file
	 */
	public static ApplicationContextRunner withYaml(ApplicationContextRunner runner, String yaml) {
		Resource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
		return runner.withInitializer((context) -> {
			try {
				new YamlPropertySourceLoader().load("application.yml", file)
					.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * The application. <em>Immutable</em>.
	 */
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	static class Application {

	}

}
