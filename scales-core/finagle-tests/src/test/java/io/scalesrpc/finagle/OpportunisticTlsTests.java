package io.scalesrpc.finagle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Tap;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.thriftmux.PeerServer;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;
import io.scalesrpc.transport.TlsSettings;
import org.apache.thrift.TException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * TLS with Finagle, agreed upon or from the first byte. Somebody in the middle hears
 * whether calls go in clear.
 */
class OpportunisticTlsTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private static final String SAID = "what-nobody-else-shall-hear";

	/** As long as a cold server on a busy machine may take. */
	private static final Duration ANSWER = Duration.ofSeconds(10);

	/** So long a call waits for a member that refuses it. */
	private static final Duration REFUSAL = Duration.ofSeconds(4);

	@TempDir
	static Path certificates;

	@BeforeAll
	static void writeCertificates() throws IOException {
		Files.writeString(certificates.resolve("authority.pem"), AUTHORITY.pem());
		AUTHORITY.write("localhost", certificates.resolve("certificate.pem"), certificates.resolve("key.pem"));
	}

	private static String call(int port, OpportunisticTls level, boolean encrypting, Duration timeout)
			throws TException {
		ClientBuilder<PeerService.Iface> builder = ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.uri("tcp://localhost:" + port)
			.connectTimeout(Duration.ofSeconds(10))
			.timeout(timeout)
			.option("opportunistic-tls", level.header());
		if (encrypting) {
			builder.tls(TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null)));
		}
		try (ClientHandle<PeerService.Iface> client = builder.build()) {
			return client.proxy().echo(SAID);
		}
	}

	private static ThriftMuxServerBuilder encrypting() {
		return ThriftMuxServer.builder()
			.tls(TlsServerSettings.of(new TlsMaterial(null, AUTHORITY.certificate("localhost"))));
	}

	@ParameterizedTest
	@EnumSource
	void ourClientComesToTheSameEndAsFinaglesServer(OpportunisticTls offered) throws Exception {
		try (FinagleServer server = FinagleServer.startTls(offered.header(), certificates)) {
			for (OpportunisticTls wanted : OpportunisticTls.values()) {
				try (Tap tap = new Tap(server.port())) {
					boolean encrypting = wanted != OpportunisticTls.OFF;
					if (wanted.excludes(offered)) {
						assertThatThrownBy(() -> call(tap.port(), wanted, encrypting, REFUSAL))
							.isInstanceOf(NotSentException.class)
							.hasMessageContaining("TLS of the server: " + offered.header());
					}
					else {
						assertThat(call(tap.port(), wanted, encrypting, ANSWER)).isEqualTo(SAID);
					}
					assertEncrypted(tap, wanted, offered);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void finaglesClientComesToTheSameEndAsOurServer(OpportunisticTls offered) throws Exception {
		boolean encrypting = offered != OpportunisticTls.OFF;
		ThriftMuxServerBuilder builder = encrypting ? encrypting() : ThriftMuxServer.builder();
		try (PeerServer server = PeerServer.start(builder.opportunisticTls(offered));
				FinagleClient client = FinagleClient.of(server.port())) {
			for (OpportunisticTls wanted : OpportunisticTls.values()) {
				try (Tap tap = new Tap(server.port())) {
					encrypt(client, wanted.header(), tap);
					String answer = client.call("echo " + SAID);
					if (wanted.excludes(offered)) {
						assertThat(answer).startsWith("ERROR").contains("IncompatibleNegotiationException");
					}
					else {
						assertThat(answer).isEqualTo("OK " + SAID);
					}
					assertEncrypted(tap, wanted, offered);
				}
			}
		}
	}

	/** Where there is no session nothing is said at all. */
	private static void assertEncrypted(Tap tap, OpportunisticTls wanted, OpportunisticTls offered) {
		boolean inClear = !wanted.excludes(offered) && !wanted.encryptsWith(offered);
		assertThat(tap.heard().contains(SAID)).isEqualTo(inClear);
		assertThat(tap.heard()).contains("tinit check");
	}

	@Test
	void tlsFromTheFirstByteIsSpokenWithBoth() throws Exception {
		try (FinagleServer theirs = FinagleServer.startTls("first-byte", certificates);
				PeerServer ours = PeerServer.start(encrypting());
				FinagleClient client = FinagleClient.of(ours.port());
				Tap ourTap = new Tap(ours.port());
				Tap theirTap = new Tap(theirs.port())) {
			encrypt(client, "first-byte", ourTap);
			assertThat(client.call("echo " + SAID)).isEqualTo("OK " + SAID);
			assertThat(call(theirTap.port(), OpportunisticTls.OFF, true, ANSWER)).isEqualTo(SAID);
			assertThat(ourTap.heard() + theirTap.heard()).doesNotContain("tinit check").doesNotContain(SAID);
		}
	}

	private static void encrypt(FinagleClient client, String level, Tap tap) throws IOException {
		assertThat(client.call("tls " + level + " " + certificates + " localhost:" + tap.port())).isEqualTo("OK");
	}

}
