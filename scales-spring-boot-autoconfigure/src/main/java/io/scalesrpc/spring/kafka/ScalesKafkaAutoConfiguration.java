package io.scalesrpc.spring.kafka;

import io.scalesrpc.kafka.ScalesKafkaClient;
import io.scalesrpc.kafka.TlsEngines;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.client.declaration.ClientInterfaces;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of clients of protocol kafka. <em>Confined to the thread that starts
 * the application</em>.
 */
@AutoConfiguration(before = ScalesClientsAutoConfiguration.class, after = ScalesJsonAutoConfiguration.class,
		afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass(KafkaProducer.class)
@ImportRuntimeHints(ScalesKafkaAutoConfiguration.ReadyClient.class)
public final class ScalesKafkaAutoConfiguration {

	/** Made by Spring. */
	public ScalesKafkaAutoConfiguration() {
	}

	@Bean
	ProtocolSupport scalesKafkaSupport(ObjectProvider<ValueCodec> codecs, ObjectProvider<KafkaBrokers> brokers,
			ConfigurableListableBeanFactory beans) {
		return new KafkaSupport(codecs.getIfAvailable(), brokers.getIfAvailable(), new EmbeddedValueResolver(beans),
				new ClientInterfaces(beans)::types);
	}

	/** The ready client may be named by no interface. */
	static final class ReadyClient implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
			hints.proxies().registerJdkProxy(ScalesKafkaClient.class);
			hints.reflection().registerType(ScalesKafkaClient.class, MemberCategory.INVOKE_PUBLIC_METHODS);
			// The producer makes it by its name.
			hints.reflection().registerType(TlsEngines.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}

	}

	/** What needs Spring Boot's module for Kafka. <em>Immutable</em>. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KafkaConnectionDetails.class)
	static class OfSpringBoot {

		@Bean
		KafkaBrokers scalesKafkaBrokers(ObjectProvider<KafkaConnectionDetails> details) {
			return new KnownBrokers(details);
		}

	}

}
