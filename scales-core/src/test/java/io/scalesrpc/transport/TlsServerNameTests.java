package io.scalesrpc.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.LeakWatch;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which name a server is asked for. */
@Sockets
class TlsServerNameTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private static final TlsSettings ANY_NAME = TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null))
		.withoutHostnameVerification();

	private final EventLoops loops = EventLoops.create("scales-test-tls", 1);

	@AfterEach
	void close() {
		assertThat(this.loops.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void theHostOfTheMember() throws Exception {
		assertThat(asked("localhost", ANY_NAME)).containsExactly(new SNIHostName("localhost"));
	}

	@Test
	void noneForAnAddress() throws Exception {
		assertThat(asked("127.0.0.1", ANY_NAME)).isEmpty();
	}

	@Test
	void theConfiguredOneForAnyMember() throws Exception {
		assertThat(asked("127.0.0.1", ANY_NAME.withServerName("prices.example")))
			.containsExactly(new SNIHostName("prices.example"));
	}

	@Test
	void theDotThatEndsANameIsNoPartOfIt() throws Exception {
		assertThat(asked("localhost.", ANY_NAME)).containsExactly(new SNIHostName("localhost"));
		assertThat(ANY_NAME.nameOf(Member.of("prices.example.", 1))).isEqualTo("prices.example");
	}

	@Test
	void theZoneOfAnAddressIsNoPartOfWhatIsProven() {
		assertThat(ANY_NAME.nameOf(Member.of("fe80::1%eth0", 1))).isEqualTo("fe80::1");
	}

	@Test
	void aNameThatIsNoneOfAHostIsNotAskedFor() {
		assertThat(ServerNames.of("my_service..x")).isNull();
		assertThat(ServerNames.of("::1")).isNull();
	}

	@Test
	void aConfiguredNameMustBeOneOfAHost() {
		assertThatIllegalArgumentException().isThrownBy(() -> ANY_NAME.withServerName("not a name"))
			.withMessage("server-name: 'not a name' (expected: a host name or an address)");
	}

	@Test
	void aServerNeedsACertificate() {
		assertThatIllegalArgumentException().isThrownBy(() -> TlsServerSettings.of(TlsMaterial.DEFAULT))
			.withMessage("keys: none (expected: the certificate of the server)");
	}

	private List<SNIServerName> asked(String host, TlsSettings settings) throws Exception {
		KeyManagerFactory keys = AUTHORITY.certificate("localhost");
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
			Connector connector = new Connector(this.loops, Duration.ofSeconds(10), settings);
			ChannelFuture connected = connector.connect(Member.of(host, server.getLocalPort()),
					new ChannelInboundHandlerAdapter());
			LeakWatch.channel(connected.channel());
			try (SSLSocket socket = (SSLSocket) server.accept()) {
				socket.setSoTimeout(10_000);
				socket.startHandshake();
				assertThat(connected.awaitUninterruptibly(10_000)).isTrue();
				assertThat(connected.isSuccess()).isTrue();
				return ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames();
			}
			finally {
				connected.channel().close().syncUninterruptibly();
			}
		}
	}

}
