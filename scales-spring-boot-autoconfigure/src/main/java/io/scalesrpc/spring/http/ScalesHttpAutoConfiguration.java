package io.scalesrpc.spring.http;

import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.client.declaration.ClientInterfaces;
import io.scalesrpc.spring.client.support.InterfaceSupport;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of client interfaces with {@code @HttpExchange}. <em>Confined to the
 * thread that starts the application</em>.
 */
@AutoConfiguration(before = ScalesClientsAutoConfiguration.class)
@ConditionalOnClass(RestClient.class)
@ImportRuntimeHints(ReadyClientHints.class)
public final class ScalesHttpAutoConfiguration {

	/** Made by Spring. */
	public ScalesHttpAutoConfiguration() {
	}

	@Bean
	Protocol scalesHttpProtocol(ConfigurableListableBeanFactory beans) {
		return new SpringHttpProtocol(new ClientInterfaces(beans)::types);
	}

	@Bean
	InterfaceSupport scalesHttpInterfaceSupport(ObjectProvider<RestClient.Builder> builders,
			ObjectProvider<ReactiveAdapter> reactive, ConfigurableBeanFactory beans) {
		return new HttpInterfaceSupport(builders, reactive.getIfAvailable(), new EmbeddedValueResolver(beans));
	}

	/** What needs WebFlux. <em>Immutable</em>. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	static class Reactive {

		@Bean
		ReactiveAdapter scalesReactiveHttpAdapter(ObjectProvider<WebClient.Builder> builders) {
			return (client) -> ReactiveCalls.adapter(client, builders);
		}

	}

}
