package io.scalesrpc.spring.kafka;

import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that the application knows of, for clients that do not say where theirs are.
 * Implementations are <em>thread-safe</em>.
 */
interface KafkaBrokers {

	/** Where they are; {@code null} if nobody knows. */
	@Nullable String uri();

	/** What they are spoken with, in Kafka's words; empty if nobody says. */
	String securityProtocol();

	/** How TLS is spoken with them; {@code null} for not at all. */
	@Nullable TlsSettings tls();

}
