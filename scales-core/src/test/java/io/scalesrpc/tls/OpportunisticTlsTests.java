package io.scalesrpc.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.KeyManagerFactory;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.testing.SocketServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Tap;
import io.scalesrpc.thriftmux.PeerServer;
import io.scalesrpc.tls.TlsClients.Echo;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * ThriftMux whose TLS is agreed upon: all that two sides can want, what TLS must prove as
 * ever, and somebody in the middle who would rather have no TLS.
 */
@Sockets
class OpportunisticTlsTests {

	private static final TlsSettings TRUSTING = TlsContract.TRUSTING;

	private static final String SAID = "what nobody else shall hear";

	private static final String MARKER_ECHO = "\0\0\0\17\177\0\0\1tinit check";

	/** Of a server that requires TLS. */
	private static final String RINIT = "\0\0\0\31\274\0\0\1\0\1\0\0\0\3tls\0\0\0\10required";

	private static final String RPING = "\0\0\0\4\277\0\0\1";

	private @Nullable PeerServer server;

	@AfterEach
	void close() {
		if (this.server != null) {
			this.server.close();
		}
	}

	private static ThriftMuxServerBuilder builder(OpportunisticTls level) {
		return builder(level, TlsContract.AUTHORITY.certificate("localhost"), false);
	}

	private static ThriftMuxServerBuilder builder(OpportunisticTls level, KeyManagerFactory keys, boolean mutual) {
		TlsServerSettings settings = TlsServerSettings.of(new TlsMaterial(TlsContract.AUTHORITY.trust(), keys));
		return ThriftMuxServer.builder()
			.tls(mutual ? settings.requiringCertificates() : settings)
			.opportunisticTls(level);
	}

	private int serving(ThriftMuxServerBuilder builder) {
		this.server = PeerServer.start(builder);
		return this.server.port();
	}

	private int serving(OpportunisticTls level) {
		return serving((level != OpportunisticTls.OFF) ? builder(level) : ThriftMuxServer.builder());
	}

	private static Consumer<ClientBuilder<?>> wanting(OpportunisticTls level) {
		return (client) -> client.option("opportunistic-tls", level.header());
	}

	private static ClientBuilder<? extends Echo> client(int port, OpportunisticTls level, @Nullable TlsSettings tls) {
		ClientBuilder<? extends Echo> client = TlsClients.builder("thriftmux", "tcp://localhost:" + port, tls);
		wanting(level).accept(client);
		return client;
	}

	private static String call(int port, OpportunisticTls level, @Nullable TlsSettings tls) {
		return call(client(port, level, tls));
	}

	private static String call(ClientBuilder<? extends Echo> builder) {
		try (ClientHandle<? extends Echo> client = builder.build()) {
			return client.proxy().echo(SAID);
		}
	}

	private static void refused(int port, OpportunisticTls level, String... why) {
		refused(port, level, TRUSTING, why);
	}

	private static void refused(int port, OpportunisticTls level, TlsSettings tls, String... why) {
		TlsClients.assertRefused("thriftmux", "tcp://localhost:" + port, tls, wanting(level), why);
	}

	@ParameterizedTest
	@CsvSource({ "OFF, OFF, CLEAR", "OFF, DESIRED, CLEAR", "OFF, REQUIRED, NONE", "DESIRED, OFF, CLEAR",
			"DESIRED, DESIRED, TLS", "DESIRED, REQUIRED, TLS", "REQUIRED, OFF, NONE", "REQUIRED, DESIRED, TLS",
			"REQUIRED, REQUIRED, TLS" })
	void whatBothWantDecides(OpportunisticTls wanted, OpportunisticTls offered, String session) throws IOException {
		TlsSettings tls = (wanted != OpportunisticTls.OFF) ? TRUSTING : null;
		try (Tap tap = new Tap(serving(offered))) {
			if (session.equals("NONE")) {
				assertThatExceptionOfType(NotSentException.class)
					.isThrownBy(() -> call(client(tap.port(), wanted, tls).timeout(Duration.ofSeconds(2))))
					.withMessageContaining("TLS of the server: " + offered.header());
			}
			else {
				assertThat(call(tap.port(), wanted, tls)).isEqualTo(SAID);
			}
			assertThat(tap.heard().contains(SAID)).isEqualTo(session.equals("CLEAR"));
			assertThat(tap.heard()).contains("tinit check").contains("tls\0\0\0");
		}
	}

	@Test
	void withoutTheOptionTlsIsSpokenFromTheFirstByte() throws IOException {
		try (Tap tap = new Tap(serving(builder(OpportunisticTls.OFF)))) {
			assertThat(call(tap.port(), OpportunisticTls.OFF, TRUSTING)).isEqualTo(SAID);
			assertThat(tap.heard()).doesNotContain("tinit check");
		}
	}

	@Test
	void whoSpeaksItFromTheFirstByteIsNotUnderstoodWhereItIsAgreedUpon() {
		refused(serving(OpportunisticTls.DESIRED), OpportunisticTls.OFF,
				"TLS handshake with 'localhost' failed: the server closed the connection");
	}

	@Test
	void manyCallsAndLargeOnesGoOverTheSameConnection() {
		String large = "x".repeat(600_000);
		try (ClientHandle<? extends Echo> client = client(serving(OpportunisticTls.REQUIRED), OpportunisticTls.REQUIRED,
				TRUSTING)
			.build()) {
			for (int i = 0; i < 50; i++) {
				assertThat(client.proxy().echo("call " + i)).isEqualTo("call " + i);
			}
			assertThat(client.proxy().echo(large)).isEqualTo(large);
			assertThat(this.server.stats().connections()).isEqualTo(1);
		}
	}

	@Test
	void namesAreVerified() {
		int port = serving(
				builder(OpportunisticTls.DESIRED, TlsContract.AUTHORITY.certificate("another.example"), false));
		refused(port, OpportunisticTls.DESIRED,
				"TLS handshake with 'localhost' failed: the certificate is not one for that name");
		assertThat(call(port, OpportunisticTls.DESIRED, TRUSTING.withServerName("another.example"))).isEqualTo(SAID);
		assertThat(call(port, OpportunisticTls.DESIRED, TRUSTING.withoutHostnameVerification())).isEqualTo(SAID);
	}

	@Test
	void authoritiesAreVerified() {
		int port = serving(builder(OpportunisticTls.DESIRED, TlsContract.STRANGER.certificate("localhost"), false));
		refused(port, OpportunisticTls.DESIRED, "no trusted authority has signed the certificate of the server");
		refused(port, OpportunisticTls.REQUIRED, "no trusted authority has signed the certificate of the server");
	}

	@Test
	void aServerMayAskForACertificate() {
		int port = serving(builder(OpportunisticTls.REQUIRED, TlsContract.AUTHORITY.certificate("localhost"), true));
		TlsMaterial certified = new TlsMaterial(TlsContract.AUTHORITY.trust(),
				TlsContract.AUTHORITY.certificate("client"));
		assertThat(call(port, OpportunisticTls.DESIRED, TlsSettings.of(certified))).isEqualTo(SAID);
		TlsMaterial without = new TlsMaterial(TlsContract.AUTHORITY.trust(), null, List.of("TLSv1.2"), List.of());
		refused(port, OpportunisticTls.DESIRED, TlsSettings.of(without), "TLS handshake with 'localhost' failed: ");
	}

	@Test
	void aLevelWithoutCertificatesIsNoClient() {
		assertThatIllegalArgumentException().isThrownBy(() -> client(1, OpportunisticTls.DESIRED, null).build())
			.withMessage("option opportunistic-tls: desired (expected: off, or certificates for TLS: ssl.bundle,"
					+ " without Spring the builder's tls)");
	}

	@Test
	void aLevelWithoutACertificateIsNoServer() {
		assertThatIllegalStateException()
			.isThrownBy(() -> PeerServer.start(ThriftMuxServer.builder().opportunisticTls(OpportunisticTls.DESIRED)))
			.withMessageContaining("opportunisticTls: DESIRED (expected: OFF, or tls with");
	}

	@Test
	void whoTakesTheWishOutOfTheAnswerGetsNoCall() throws IOException {
		try (Tap tap = new Tap(serving(OpportunisticTls.DESIRED), (said) -> said,
				(said) -> said.replace("desired", "clear!!"))) {
			refused(tap.port(), OpportunisticTls.REQUIRED,
					"TLS of the server: off (expected: desired or required, because opportunistic-tls is required)");
			assertThat(tap.heard()).doesNotContain(SAID);
		}
	}

	/** Each side is told that the other wants none. */
	@Test
	void whoTakesTheWishOutOfBothGetsNoCall() throws IOException {
		try (Tap tap = new Tap(serving(OpportunisticTls.DESIRED), (said) -> said.replace("required", "clear!!!"),
				(said) -> said.replace("desired", "clear!!"))) {
			refused(tap.port(), OpportunisticTls.REQUIRED, "TLS of the server: off");
			assertThat(tap.heard()).doesNotContain(SAID);
		}
	}

	/** The server goes on in clear, which the client does not take for TLS. */
	@Test
	void whoTakesTheWishOutOfTheQuestionGetsNoCall() throws IOException {
		try (Tap tap = new Tap(serving(OpportunisticTls.DESIRED), (said) -> said.replace("desired", "clear!!"),
				(said) -> said)) {
			refused(tap.port(), OpportunisticTls.DESIRED, "TLS handshake with 'localhost' failed: ");
			assertThat(tap.heard()).doesNotContain(SAID);
		}
	}

	@Test
	void whatIsPutBehindTheRinitIsNotTakenForAnAnswer() throws IOException {
		try (Tap tap = new Tap(serving(OpportunisticTls.DESIRED), (said) -> said,
				(said) -> said.contains("mux-framer") ? said + RPING : said)) {
			refused(tap.port(), OpportunisticTls.DESIRED, "bytes in clear behind the Rinit (expected: TLS, as agreed)");
		}
	}

	/** A call of somebody else in the name of a client with a certificate. */
	@Test
	void whatIsPutBehindTheTinitIsNotServed() throws IOException {
		int port = serving(builder(OpportunisticTls.DESIRED, TlsContract.AUTHORITY.certificate("localhost"), true));
		try (Tap tap = new Tap(port, (said) -> said.contains("mux-framer") ? said + RPING : said, (said) -> said)) {
			refused(tap.port(), OpportunisticTls.DESIRED, "connection closed during the handshake");
			assertThat(this.server.stats().protocolErrors()).isPositive();
		}
	}

	@Test
	void aServerThatKnowsNoTinitIsNotForWhoRequiresTls() throws IOException {
		try (SocketServer old = script("\0\0\0\11\177\0\0\1what?")) {
			refused(old.port(), OpportunisticTls.REQUIRED, "the server does not negotiate, but said Rerr",
					"(expected: a server that negotiates TLS, because opportunistic-tls is required)");
		}
	}

	@Test
	void aServerThatSaysNothingIsNotForWhoRequiresTls() throws IOException {
		try (SocketServer silent = script("")) {
			assertTooLate(silent, "(expected: a server that negotiates TLS, because opportunistic-tls is required)");
		}
	}

	@Test
	void aHandshakeThatNeverComesEndsWithTheConnectTimeout() throws IOException {
		try (SocketServer stalling = script(MARKER_ECHO, RINIT)) {
			assertTooLate(stalling, "(the server has not finished the TLS handshake)");
		}
	}

	private static void assertTooLate(SocketServer server, String why) {
		TlsClients.assertRefused("thriftmux", "tcp://localhost:" + server.port(), TRUSTING,
				wanting(OpportunisticTls.REQUIRED).andThen((client) -> client.connectTimeout(Duration.ofMillis(200))),
				"no connection within 200 ms " + why);
	}

	@Test
	void garbageInPlaceOfTlsIsRefused() throws IOException {
		try (SocketServer garbage = script(MARKER_ECHO, RINIT, "this is not a record of TLS")) {
			refused(garbage.port(), OpportunisticTls.DESIRED,
					"TLS handshake with 'localhost' failed: the server does not speak TLS");
		}
	}

	@Test
	void aServerThatHangsUpInPlaceOfTlsIsRefused() throws IOException {
		try (SocketServer leaving = new SocketServer((socket, number) -> {
			answer(socket, MARKER_ECHO);
			answer(socket, RINIT);
			socket.getInputStream().read(new byte[1]);
		})) {
			refused(leaving.port(), OpportunisticTls.DESIRED, "TLS handshake with 'localhost' failed: ");
		}
	}

	/** Answers whatever comes with one text after another, then listens only. */
	private static SocketServer script(String... answers) throws IOException {
		return new SocketServer((socket, number) -> {
			for (String text : answers) {
				answer(socket, text);
			}
			InputStream in = socket.getInputStream();
			while (in.read() >= 0) {
				// until the client is gone
			}
		});
	}

	private static void answer(Socket socket, String text) throws IOException {
		socket.getInputStream().read(new byte[4096]);
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

}
