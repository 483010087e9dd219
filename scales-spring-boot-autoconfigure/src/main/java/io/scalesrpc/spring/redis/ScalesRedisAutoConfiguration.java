package io.scalesrpc.spring.redis;

import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.connection.LettuceExtras;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.client.support.ResultStores;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of clients of protocol redis. <em>Confined to the thread that starts
 * the application</em>.
 */
@AutoConfiguration(before = ScalesClientsAutoConfiguration.class, after = ScalesJsonAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisClient.class)
@ImportRuntimeHints(ScalesRedisAutoConfiguration.ReadyClient.class)
public final class ScalesRedisAutoConfiguration {

	/** Made by Spring. */
	public ScalesRedisAutoConfiguration() {
	}

	@Bean
	ProtocolSupport scalesRedisSupport(ObjectProvider<ValueCodec> codecs, ObjectProvider<ClientResources> resources,
			ObjectProvider<OptionsCustomizer> options, ObjectProvider<KnownServers> servers) {
		List<OptionsCustomizer> customizers = options.orderedStream().toList();
		LettuceExtras extras = new LettuceExtras(resources.getIfUnique(),
				(builder) -> customizers.forEach((customizer) -> customizer.customize(builder)));
		return new RedisSupport(codecs.getIfAvailable(), extras, servers.getIfAvailable());
	}

	@Bean
	ResultStores scalesRedisResultStores(ObjectProvider<ScalesClientRegistry> registry) {
		return new RedisResultStores(registry);
	}

	/** The ready client, which keeps results too, may be named by no interface. */
	static final class ReadyClient implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
			hints.proxies().registerJdkProxy(ScalesRedisClient.class);
			hints.reflection().registerType(ScalesRedisClient.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		}

	}

	/** Changes the options of Lettuce, as Spring Boot's customizers do. */
	@FunctionalInterface
	interface OptionsCustomizer {

		void customize(ClientOptions.Builder builder);

	}

	/** What needs Spring Boot's module for Redis. <em>Immutable</em>. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DataRedisConnectionDetails.class)
	static class OfSpringBoot {

		@Bean
		KnownServers scalesRedisServers(ObjectProvider<DataRedisConnectionDetails> details,
				ObjectProvider<DataRedisProperties> properties) {
			return new ServersOfSpringBoot(details, properties);
		}

		@Bean
		OptionsCustomizer scalesLettuceOptions(ObjectProvider<LettuceClientOptionsBuilderCustomizer> customizers) {
			return (builder) -> customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		}

	}

}
