package io.scalesrpc.http.message;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.tls.TlsEchoServer;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What {@code http://} and {@code https://} say of a client. */
@Sockets
class HttpUriTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private static ClientBuilder<ScalesHttpClient> client(String uri) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.uri(uri)
			.connectTimeout(Duration.ofSeconds(10));
	}

	private static void echo(RawHttpServer.Peer peer) throws IOException {
		while (true) {
			peer.answer(peer.next().head());
		}
	}

	@Test
	void httpIsSpokenInPlainText() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpUriTests::echo);
				ClientHandle<ScalesHttpClient> client = client("http://localhost:" + server.port()).build()) {
			assertThat(ClientIntegration.of(client).speaksTls()).isFalse();
			assertThat(client.proxy().get("/a").text()).startsWith("GET /a HTTP/1.1\r\n")
				.contains("Host: localhost:" + server.port() + "\r\n");
		}
	}

	@Test
	void httpsBelievesTheAuthoritiesOfTheRuntimeUnlessOthersAreGiven() throws Exception {
		TlsMaterial material = new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost"));
		try (RawHttpServer server = new RawHttpServer(TlsEchoServer.socket(material, false), HttpUriTests::echo)) {
			String uri = "https://localhost:" + server.port();
			try (ClientHandle<ScalesHttpClient> client = client(uri).timeout(Duration.ofSeconds(2)).build()) {
				assertThat(ClientIntegration.of(client).speaksTls()).isTrue();
				assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().get("/a"))
					.withMessageContaining("no trusted authority has signed the certificate of the server");
			}
			try (ClientHandle<ScalesHttpClient> client = client(uri)
				.tls(TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null)))
				.build()) {
				assertThat(client.proxy().get("/a").text()).startsWith("GET /a HTTP/1.1\r\n");
			}
		}
	}

	@Test
	void httpIsNotSpokenInPlainTextBySomeoneWhoWantsTls() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> client("http://localhost:1").tls(TlsSettings.DEFAULT).build())
			.withMessage("uri: http://localhost:1 (expected: https://, or neither TLS settings nor ssl.bundle)");
	}

	@Test
	void otherProtocolsHaveOtherUris() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(PeerService.Iface.class).uri("https://localhost:1").build())
			.withMessage(
					"uri: https://localhost:1 (expected: another scheme, such as tcp://localhost:9090, with protocol"
							+ " thriftmux; it does not travel by HTTP. TLS is ssl.bundle)");
	}

	/** The kernel's name of a network card means nothing to a server (RFC 6874, 4). */
	@Test
	void theHostHasNoZone() {
		assertThat(HttpContext.authority(Member.of("::1%lo", 8080), false)).isEqualTo("[::1]:8080");
		assertThat(HttpContext.authority(Member.of("users.example.", 80), false)).isEqualTo("users.example");
		assertThat(HttpContext.authority(Member.of("fe80::1%3", 80), false)).isEqualTo("[fe80::1]");
	}

	@Test
	void theHostIsTheNameThatTheUserWrote() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpUriTests::echo);
				ClientHandle<ScalesHttpClient> client = client("dns://localhost:" + server.port()).build()) {
			assertThat(client.proxy().get("/a").text()).contains("Host: localhost:" + server.port() + "\r\n");
		}
		Member found = new Member("::1", 8080, 1, Map.of(Member.DNS_NAME, "my.host"));
		assertThat(HttpContext.authority(found, false)).isEqualTo("my.host:8080");
	}

	@Test
	void theHostHasNoPortThatTheSchemeHasByItself() {
		assertThat(HttpContext.authority(Member.of("h", 80), false)).isEqualTo("h");
		assertThat(HttpContext.authority(Member.of("::1", 443), true)).isEqualTo("[::1]");
		assertThat(HttpContext.authority(Member.of("h", 443), false)).isEqualTo("h:443");
		assertThat(HttpContext.authority(Member.of("h", 80), true)).isEqualTo("h:80");
	}

}
