package io.scalesrpc.spring.kafka;

import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.spring.client.ClientInterfaces;
import io.scalesrpc.spring.client.ProtocolSupport;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import org.apache.kafka.clients.producer.KafkaProducer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of clients of protocol kafka. <em>Confined to the thread that starts
 * the application</em>.
 */
@AutoConfiguration(before = ScalesClientsAutoConfiguration.class, after = ScalesJsonAutoConfiguration.class,
		afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass(KafkaProducer.class)
public final class ScalesKafkaAutoConfiguration {

	@Bean
	ProtocolSupport scalesKafkaSupport(ObjectProvider<ValueCodec> codecs, ObjectProvider<KafkaBrokers> brokers,
			ConfigurableListableBeanFactory beans) {
		return new KafkaSupport(codecs.getIfAvailable(), brokers.getIfAvailable(), new EmbeddedValueResolver(beans),
				new ClientInterfaces(beans)::types);
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
