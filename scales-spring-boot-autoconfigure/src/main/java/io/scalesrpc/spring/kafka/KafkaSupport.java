package io.scalesrpc.spring.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.kafka.KafkaProtocol;
import io.scalesrpc.kafka.KafkaSettings;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringValueResolver;

/**
 * What the application knows of Kafka. <em>Immutable</em>.
 *
 * @param codec makes bytes of payloads; null if nobody does
 * @param brokers those that the application knows
 * @param placeholders resolves those in annotations
 * @param interfaces gives the client interfaces of the application
 */
record KafkaSupport(@Nullable ValueCodec codec, @Nullable KafkaBrokers brokers, StringValueResolver placeholders,
		Supplier<List<Class<?>>> interfaces) implements ProtocolSupport {

	@Override
	public String protocol() {
		return "kafka";
	}

	@Override
	public Protocol create(String client, ClientProperties settings) {
		KafkaSettings kafka = settings.kafka().toSettings();
		KafkaProtocol protocol = new KafkaProtocol(kafka, this.codec);
		if (settings.uri() == null && this.brokers != null && this.brokers.uri() != null) {
			requireLogin(kafka, this.brokers);
		}
		boolean anyPayload = this.codec != null || kafka.serializers().value() != null;
		return new SpringKafkaProtocol(protocol, topics(settings), anyPayload, this.placeholders, this.interfaces);
	}

	/** A login is no part of what Spring Boot tells of brokers. */
	private static void requireLogin(KafkaSettings settings, KafkaBrokers brokers) {
		if (brokers.securityProtocol().startsWith("SASL") && settings.sasl() == null) {
			throw InvalidSettingException.of("kafka.sasl.mechanism", "none",
					"a login, since the brokers of spring.kafka are spoken with by " + brokers.securityProtocol());
		}
	}

	private static Map<String, String> topics(ClientProperties settings) {
		Map<String, String> topics = new LinkedHashMap<>();
		settings.methods().forEach((name, method) -> {
			if (method.topic() != null) {
				topics.put(name, method.topic());
			}
		});
		return topics;
	}

	@Override
	public void customize(ClientProperties settings, ClientBuilder<?> builder) {
		TlsSettings tls = (this.brokers != null) ? this.brokers.tls() : null;
		if (settings.uri() == null && settings.ssl().bundle() == null && tls != null) {
			builder.tls(tls);
		}
	}

	@Override
	public @Nullable String uri(String client, ClientProperties settings) {
		return (this.brokers != null) ? this.brokers.uri() : null;
	}

}
