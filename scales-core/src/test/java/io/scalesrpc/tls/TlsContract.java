package io.scalesrpc.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.KeyManagerFactory;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.tls.TlsClients.Echo;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What TLS promises, whatever the protocol.
 */
abstract class TlsContract {

	static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	static final TestAuthority STRANGER = new TestAuthority("Stranger");

	static final TestAuthority IMPOSTOR = new TestAuthority("Authority");

	static final TlsSettings TRUSTING = TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null));

	private final String protocol;

	private @Nullable TlsEchoServer server;

	TlsContract(String protocol) {
		this.protocol = protocol;
	}

	/** Starts a server of the protocol on a free port of 127.0.0.1. */
	abstract TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception;

	@AfterEach
	void stopServer() {
		if (this.server != null) {
			this.server.close();
		}
	}

	/** As what a call may end that a server refuses after the handshake. */
	abstract Set<FailureKind> lateRefusals();

	private String serving(KeyManagerFactory keys) throws Exception {
		return serving(new TlsMaterial(AUTHORITY.trust(), keys), false);
	}

	private String serving(TlsMaterial material, boolean mutual) throws Exception {
		this.server = start(material, mutual);
		return "tcp://localhost:" + this.server.port();
	}

	@Test
	void callsGoOverTls() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost"));
		assertThat(TlsClients.echo(this.protocol, uri, TRUSTING)).isEqualTo("over TLS");
	}

	@Test
	void manyCallsGoOverTheSameConnection() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost"));
		String large = "x".repeat(300_000);
		try (ClientHandle<? extends Echo> client = TlsClients.builder(this.protocol, uri, TRUSTING).build()) {
			for (int i = 0; i < 50; i++) {
				assertThat(client.proxy().echo("call " + i)).isEqualTo("call " + i);
			}
			assertThat(client.proxy().echo(large)).isEqualTo(large);
		}
	}

	@Test
	void theAddressOfAMemberMayBeItsName() throws Exception {
		String uri = serving(AUTHORITY.certificateOfAddress("127.0.0.1")).replace("localhost", "127.0.0.1");
		assertThat(TlsClients.echo(this.protocol, uri, TRUSTING)).isEqualTo("over TLS");
	}

	@Test
	void anAddressThatANameLedToProvesTheName() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost")).replace("tcp://", "dns://");
		assertThat(TlsClients.echo(this.protocol, uri, TRUSTING)).isEqualTo("over TLS");
	}

	@Test
	void aWrongHostIsRefused() throws Exception {
		String uri = serving(AUTHORITY.certificate("another.example"));
		TlsClients.assertRefused(this.protocol, uri, TRUSTING,
				"TLS handshake with 'localhost' failed: the certificate is not one for that name", "localhost");
	}

	@Test
	void aWrongAddressIsRefused() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost")).replace("localhost", "127.0.0.1");
		TlsClients.assertRefused(this.protocol, uri, TRUSTING,
				"TLS handshake with '127.0.0.1' failed: the certificate is not one for that name");
	}

	@Test
	void aConfiguredNameStandsInForThoseOfTheMembers() throws Exception {
		String uri = serving(AUTHORITY.certificate("prices.example"));
		assertThat(TlsClients.echo(this.protocol, uri, TRUSTING.withServerName("prices.example")))
			.isEqualTo("over TLS");
	}

	@Test
	void aConfiguredNameMustBeProved() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost"));
		TlsClients.assertRefused(this.protocol, uri, TRUSTING.withServerName("prices.example"),
				"TLS handshake with 'prices.example' failed: the certificate is not one for that name");
	}

	@Test
	void withoutVerificationAnyNameWillDo() throws Exception {
		String uri = serving(AUTHORITY.certificate("another.example"));
		assertThat(TlsClients.echo(this.protocol, uri, TRUSTING.withoutHostnameVerification())).isEqualTo("over TLS");
	}

	@Test
	void withoutVerificationOfNamesAuthoritiesStillCount() throws Exception {
		String uri = serving(STRANGER.certificate("localhost"));
		TlsClients.assertRefused(this.protocol, uri, TRUSTING.withoutHostnameVerification(), "no trusted authority");
	}

	@Test
	void anExpiredCertificateIsRefused() throws Exception {
		TlsClients.assertRefused(this.protocol, serving(AUTHORITY.expired()), TRUSTING,
				"the certificate of the server has expired (NotAfter: ");
	}

	@Test
	void aCertificateThatIsNotYetValidIsRefused() throws Exception {
		TlsClients.assertRefused(this.protocol, serving(AUTHORITY.notYetValid()), TRUSTING,
				"the certificate of the server is not valid yet (NotBefore: ");
	}

	@Test
	void anUntrustedAuthorityIsRefused() throws Exception {
		TlsClients.assertRefused(this.protocol, serving(STRANGER.certificate("localhost")), TRUSTING,
				"no trusted authority has signed the certificate of the server");
	}

	@Test
	void anAuthorityWithTheNameOfATrustedOneIsRefused() throws Exception {
		TlsClients.assertRefused(this.protocol, serving(IMPOSTOR.certificate("localhost")), TRUSTING,
				"the certificate of the server is not trusted (signature check failed)");
	}

	@Test
	void theRuntimesAuthoritiesAreTheDefault() throws Exception {
		TlsClients.assertRefused(this.protocol, serving(AUTHORITY.certificate("localhost")), TlsSettings.DEFAULT,
				"no trusted authority has signed the certificate of the server");
	}

	@Test
	void aPeerThatAnswersInPlainTextIsRefused() throws IOException {
		try (PlainPeer peer = new PlainPeer("HTTP/1.1 400 Bad Request\r\n\r\n")) {
			TlsClients.assertRefused(this.protocol, peer.uri(), TRUSTING, "the server does not speak TLS");
		}
	}

	@Test
	void aPeerThatHangsUpIsRefused() throws IOException {
		try (PlainPeer peer = new PlainPeer("")) {
			TlsClients.assertRefused(this.protocol, peer.uri(), TRUSTING, "the server closed the connection");
		}
	}

	@Test
	void aHandshakeThatStallsEndsWithTheConnectTimeout() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			TlsClients.assertRefused(this.protocol, "tcp://localhost:" + silent.getLocalPort(), TRUSTING,
					(builder) -> builder.connectTimeout(Duration.ofMillis(500)),
					" connection within 500 ms (the server has not finished the TLS handshake)");
		}
	}

	@Test
	void aServerMayAskForACertificate() throws Exception {
		String uri = serving(new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost")), true);
		TlsSettings certified = TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("client")));
		assertThat(TlsClients.echo(this.protocol, uri, certified)).isEqualTo("over TLS");
	}

	@Test
	void aClientWithoutTheCertificateThatIsAskedForIsRefused() throws Exception {
		String uri = serving(
				new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost"), List.of("TLSv1.2"), List.of()),
				true);
		TlsClients.assertRefused(this.protocol, uri, TRUSTING, "TLS handshake with 'localhost' failed: ", "alert");
	}

	/** The server finds out after the client has finished its handshake. */
	@Test
	void inTls13AMissingCertificateIsToldLater() throws Exception {
		String uri = serving(new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost")), true);
		try (ClientHandle<? extends Echo> client = TlsClients.impatient(this.protocol, uri, TRUSTING).build()) {
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> client.proxy().echo("never"))
				.satisfies((ex) -> assertThat(lateRefusals()).contains(ex.kind()));
		}
	}

	@Test
	void versionsMustMeet() throws Exception {
		String uri = serving(
				new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost"), List.of("TLSv1.2"), List.of()),
				false);
		TlsSettings newer = TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null, List.of("TLSv1.3"), List.of()));
		TlsClients.assertRefused(this.protocol, uri, newer, "protocol_version");
	}

	@Test
	void newConnectionsUseWhatWasReloaded() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost"));
		AtomicReference<TlsMaterial> material = new AtomicReference<>(new TlsMaterial(STRANGER.trust(), null));
		try (ClientHandle<? extends Echo> client = TlsClients
			.impatient(this.protocol, uri, TlsSettings.reloading(material::get))
			.build()) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> client.proxy().echo("never"))
				.withMessageContaining("no trusted authority");
			material.set(new TlsMaterial(AUTHORITY.trust(), null));
			awaitAnswer(client.proxy());
			material.set(new TlsMaterial(STRANGER.trust(), null));
			assertThat(client.proxy().echo("the old connection")).isEqualTo("the old connection");
		}
	}

	/** The next connection comes after a back-off. */
	private static void awaitAnswer(Echo client) {
		for (int i = 0; i < 5000; i++) {
			try {
				assertThat(client.echo("reloaded")).isEqualTo("reloaded");
				return;
			}
			catch (NotSentException ex) {
				LockSupport.parkNanos(1_000_000);
			}
		}
		throw new AssertionError("no connection with what was reloaded");
	}

	@Test
	void whatCannotBeUsedAfterAReloadIsSaidByTheNextConnection() throws Exception {
		String uri = serving(AUTHORITY.certificate("localhost"));
		AtomicReference<TlsMaterial> material = new AtomicReference<>(TlsMaterial.DEFAULT);
		try (ClientHandle<? extends Echo> client = TlsClients
			.impatient(this.protocol, uri, TlsSettings.reloading(material::get))
			.build()) {
			material.set(new TlsMaterial(null, null, List.of("TLSv9"), List.of()));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> client.proxy().echo("never"))
				.withMessageContainingAll("tls: ", "TLSv9");
		}
	}

	@Test
	void whatCannotBeUsedStopsTheBuilder() {
		TlsSettings unknown = TlsSettings.of(new TlsMaterial(null, null, List.of("TLSv9"), List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TlsClients.builder(this.protocol, "tcp://localhost:1", unknown).build())
			.withMessageContainingAll("tls: ", "TLSv9");
	}

	/**
	 * Answers whatever comes with a plain text, and hangs up. <em>Thread-safe</em>.
	 */
	private static final class PlainPeer implements AutoCloseable {

		private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

		private final Thread thread;

		PlainPeer(String text) throws IOException {
			this.thread = new Thread(() -> serve(text), "plain-peer");
			this.thread.start();
		}

		String uri() {
			return "tcp://localhost:" + this.listening.getLocalPort();
		}

		private void serve(String text) {
			try {
				while (true) {
					try (Socket socket = this.listening.accept()) {
						socket.getInputStream().read(new byte[1024]);
						socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
					}
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		@Override
		public void close() throws IOException {
			this.listening.close();
			try {
				this.thread.join(10_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
