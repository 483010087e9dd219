package io.scalesrpc.spring.kafka;

import java.util.stream.Collectors;

import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * The brokers that Spring Boot knows: those of {@code spring.kafka} or of a service
 * connection. Loaded only if Spring Boot's module is there. <em>Immutable</em>.
 *
 * @param details what it knows, if it does
 */
record KnownBrokers(ObjectProvider<KafkaConnectionDetails> details) implements KafkaBrokers {

	private KafkaConnectionDetails.@Nullable Configuration producer() {
		KafkaConnectionDetails known = this.details.getIfAvailable();
		return (known != null) ? known.getProducer() : null;
	}

	@Override
	public @Nullable String uri() {
		KafkaConnectionDetails.Configuration producer = producer();
		return (producer != null && !producer.getBootstrapServers().isEmpty())
				? producer.getBootstrapServers().stream().collect(Collectors.joining(",", "tcp://", "")) : null;
	}

	@Override
	public String securityProtocol() {
		KafkaConnectionDetails.Configuration producer = producer();
		String name = (producer != null) ? producer.getSecurityProtocol() : null;
		return (name != null) ? name : "";
	}

	@Override
	public @Nullable TlsSettings tls() {
		KafkaConnectionDetails.Configuration producer = producer();
		SslBundle bundle = (producer != null) ? producer.getSslBundle() : null;
		if (bundle != null) {
			return TlsSettings.of(new TlsMaterial(bundle.getManagers().getTrustManagerFactory(),
					bundle.getManagers().getKeyManagerFactory()));
		}
		return securityProtocol().endsWith("SSL") ? TlsSettings.DEFAULT : null;
	}

}
