package io.scalesrpc.tls;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Clients of the peer service that speak TLS. <em>Stateless</em>; thread-safe. */
final class TlsClients {

	/** How often a call may end before the first connection was refused. */
	private static final int TRIES = 20;

	private TlsClients() {
	}

	/** Of a Thrift protocol by its name, or of HTTP by name and version: http/2. */
	static ClientBuilder<? extends Echo> builder(String protocol, String uri, @Nullable TlsSettings tls) {
		ClientBuilder<? extends Echo> builder = builder(protocol);
		builder.name("peer").uri(uri).connectTimeout(Duration.ofSeconds(5)).closeGrace(Duration.ZERO);
		return (tls != null) ? builder.tls(tls) : builder;
	}

	private static ClientBuilder<? extends Echo> builder(String protocol) {
		if (protocol.startsWith("http/")) {
			return ScalesClients.builder(HttpEcho.class).protocol("http").option("version", protocol.substring(5));
		}
		ClientBuilder<Echo> builder = ScalesClients.builder(Echo.class).protocol(protocol);
		// ECHO is a command of Redis.
		return protocol.equals("redis") ? builder : builder.service(PeerService.class);
	}

	/** Makes one call and returns its answer. */
	static String echo(String protocol, String uri, TlsSettings tls) {
		try (ClientHandle<? extends Echo> client = builder(protocol, uri, tls).build()) {
			return client.proxy().echo("over TLS");
		}
	}

	/** One that does not wait for long: while no connection can be had, calls wait. */
	static ClientBuilder<? extends Echo> impatient(String protocol, String uri, @Nullable TlsSettings tls) {
		return builder(protocol, uri, tls).timeout(Duration.ofSeconds(1));
	}

	/** Calls until it is known that and why a call cannot be sent. */
	static void assertRefused(String protocol, String uri, TlsSettings tls, String... why) {
		assertRefused(protocol, uri, tls, (builder) -> {
		}, why);
	}

	static void assertRefused(String protocol, String uri, TlsSettings tls, Consumer<ClientBuilder<?>> change,
			String... why) {
		ClientBuilder<? extends Echo> builder = builder(protocol, uri, tls).timeout(Duration.ofMillis(400));
		change.accept(builder);
		try (ClientHandle<? extends Echo> client = builder.build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> callPatiently(client.proxy()))
				.satisfies((ex) -> assertThat(ex).hasMessageContainingAll(why));
		}
	}

	/** A first handshake may take a busy machine longer than a call waits. */
	private static void callPatiently(Echo proxy) {
		for (int i = 1;; i++) {
			try {
				proxy.echo("never");
				return;
			}
			catch (CallTimeoutException | NotSentException ex) {
				if (i == TRIES || !isTooEarly(ex)) {
					throw ex;
				}
			}
		}
	}

	private static boolean isTooEarly(ScalesException ex) {
		return ex instanceof CallTimeoutException || ex.getMessage().contains(" in time: opening");
	}

	/** What is called. */
	interface Echo {

		String echo(String s);

	}

	/** The same by HTTP. */
	interface HttpEcho extends Echo {

		ScalesHttpResponse post(String path, String contentType, byte[] body);

		@Override
		default String echo(String s) {
			return post("/echo", "text/plain", s.getBytes(StandardCharsets.UTF_8)).text();
		}

	}

}
