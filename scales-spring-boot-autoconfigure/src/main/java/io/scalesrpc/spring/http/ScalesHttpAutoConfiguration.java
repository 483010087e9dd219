package io.scalesrpc.spring.http;

import java.util.List;
import java.util.function.Function;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.client.declaration.ClientInterfaces;
import io.scalesrpc.spring.client.support.InterfaceSupport;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
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
import org.springframework.web.service.invoker.HttpExchangeAdapter;

/**
 * Auto-configuration of client interfaces with {@code @HttpExchange}. <em>Confined to the
 * thread that starts the application</em>.
 */
@AutoConfiguration(before = ScalesClientsAutoConfiguration.class)
@ConditionalOnClass(RestClient.class)
@ImportRuntimeHints(ScalesHttpAutoConfiguration.ReadyClient.class)
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

	/** What carries requests, also those of a {@code RestClient} without an interface. */
	static final class ReadyClient implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
			for (Class<?> type : List.of(MethodCaller.class, ScalesHttpClient.class)) {
				hints.proxies().registerJdkProxy(type);
				hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
			}
		}

	}

	/** Carries requests of methods that do not wait. <em>Thread-safe</em>. */
	@FunctionalInterface
	interface ReactiveAdapter extends Function<ClientHandle<?>, HttpExchangeAdapter> {

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
