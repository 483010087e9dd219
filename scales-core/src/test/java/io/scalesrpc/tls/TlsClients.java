package io.scalesrpc.tls;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Clients of the peer service that speak TLS. <em>Stateless</em>; thread-safe. */
final class TlsClients {

	private TlsClients() {
	}

	static ClientBuilder<Echo> builder(String protocol, String uri, @Nullable TlsSettings tls) {
		ClientBuilder<Echo> builder = ScalesClients.builder(Echo.class)
			.name("peer")
			.service(PeerService.class)
			.protocol(protocol)
			.uri(uri)
			.connectTimeout(Duration.ofSeconds(5))
			.closeGrace(Duration.ZERO);
		return (tls != null) ? builder.tls(tls) : builder;
	}

	/** Makes one call and returns its answer. */
	static String echo(String protocol, String uri, TlsSettings tls) {
		try (ClientHandle<Echo> client = builder(protocol, uri, tls).build()) {
			return client.proxy().echo("over TLS");
		}
	}

	/** Makes one call that cannot be sent. */
	static void assertRefused(String protocol, String uri, TlsSettings tls, String... why) {
		assertRefused(protocol, uri, tls, (builder) -> builder, why);
	}

	static void assertRefused(String protocol, String uri, TlsSettings tls, UnaryOperator<ClientBuilder<Echo>> change,
			String... why) {
		try (ClientHandle<Echo> client = change.apply(builder(protocol, uri, tls)).build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().echo("never"))
				.satisfies((ex) -> assertThat(ex).hasMessageContainingAll(why));
		}
	}

	/** What is called. */
	interface Echo {

		String echo(String s);

	}

}
