package io.scalesrpc.spring.client.restarted;

import java.util.function.IntBinaryOperator;

import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application. <em>Immutable</em>. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
public class RestartedApplication {

	@Bean
	IntBinaryOperator division(RestartedClient client) {
		return client::divide;
	}

}
