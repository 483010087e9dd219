package io.scalesrpc.tls;

import java.util.Set;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.Http2Server;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TlsMaterial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** With a server of HTTP/2 that is chosen by ALPN. */
@Sockets
class Http2TlsTests extends TlsContract {

	Http2TlsTests() {
		super("http/2");
	}

	/** Its settings come first, so that a client hears of it before it sends anything. */
	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception {
		return start(material, mutual, "h2");
	}

	private static TlsEchoServer start(TlsMaterial material, boolean mutual, @Nullable String speaks)
			throws SSLException {
		SslContextBuilder builder = SslContextBuilder.forServer(material.keys())
			.sslProvider(SslProvider.JDK)
			.trustManager(material.trust())
			.clientAuth(mutual ? ClientAuth.REQUIRE : ClientAuth.NONE);
		if (!material.protocols().isEmpty()) {
			builder.protocols(material.protocols());
		}
		if (speaks != null) {
			builder.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
					ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
					ApplicationProtocolConfig.SelectedListenerFailureBehavior.FATAL_ALERT, speaks));
		}
		SslContext context = builder.build();
		Http2Server server = new Http2Server(1000, context);
		return new TlsEchoServer(server.port(), server::close);
	}

	private static TlsMaterial good() {
		return new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost"));
	}

	@Test
	void aServerThatChoosesNothingIsNotSpokenTo() throws Exception {
		try (TlsEchoServer server = start(good(), false, null)) {
			TlsClients.assertRefused("http/2", "tcp://localhost:" + server.port(), TRUSTING,
					"TLS handshake with 'localhost' failed: the server chose no protocol (expected: 'h2' by ALPN)");
		}
	}

	@Test
	void aServerThatSpeaksAnotherVersionIsNotSpokenTo() throws Exception {
		try (TlsEchoServer server = start(good(), false, "http/1.1")) {
			TlsClients.assertRefused("http/2", "tcp://localhost:" + server.port(), TRUSTING,
					"TLS handshake with 'localhost' failed: the server does not speak 'h2', which was offered by ALPN");
		}
	}

	@Test
	void aClientOfHttp1TakesNoOtherVersion() throws Exception {
		try (TlsEchoServer server = start(good(), false, "h2")) {
			TlsClients.assertRefused("http/1.1", "tcp://localhost:" + server.port(), TRUSTING,
					"the server does not speak 'http/1.1', which was offered by ALPN");
		}
	}

	@Test
	void aUriSaysThatTlsIsSpoken() throws Exception {
		try (TlsEchoServer server = start(good(), false, "h2")) {
			assertThat(TlsClients.echo("http/2", "https://localhost:" + server.port(), TRUSTING)).isEqualTo("over TLS");
		}
	}

}
