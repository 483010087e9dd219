package io.scalesrpc.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.kafka.KafkaSettings.Sasl;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** TLS by the client's own settings, and logins. */
@Sockets
class KafkaSecurityTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("kafka test");

	private FakeBroker broker;

	@AfterEach
	void stopBroker() {
		this.broker.close();
	}

	private void startWithTls(KeyManagerFactory certificate, boolean mutual) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(certificate.getKeyManagers(), AUTHORITY.trust().getTrustManagers(), null);
		SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		socket.setNeedClientAuth(mutual);
		this.broker = new FakeBroker(socket);
	}

	private void startPlain() throws IOException {
		this.broker = new FakeBroker();
	}

	private ClientBuilder<ScalesKafkaClient> client(KafkaSettings settings) {
		return ScalesClients.builder(ScalesKafkaClient.class)
			.protocol(new KafkaProtocol(settings))
			.uri(this.broker.uri())
			.timeout(Duration.ofSeconds(20));
	}

	private static String sent(ClientBuilder<ScalesKafkaClient> builder) {
		try (ClientHandle<ScalesKafkaClient> client = builder.build()) {
			return client.proxy().put("orders", (Object) "x").topic();
		}
	}

	private static TlsSettings trusting(TestAuthority authority) {
		return TlsSettings.of(new TlsMaterial(authority.trust(), null));
	}

	@Test
	void recordsGoOverTlsToABrokerThatIsWhoItSays() throws Exception {
		startWithTls(AUTHORITY.certificateOfAddress("127.0.0.1"), false);
		assertThat(sent(client(KafkaSettings.DEFAULT).tls(trusting(AUTHORITY)))).isEqualTo("orders");
	}

	@Test
	void aBrokerThatAsksForACertificateGetsIt() throws Exception {
		startWithTls(AUTHORITY.certificateOfAddress("127.0.0.1"), true);
		TlsSettings both = TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("shop")));
		assertThat(sent(client(KafkaSettings.DEFAULT).tls(both))).isEqualTo("orders");
	}

	@Test
	void aBrokerOfAnotherNameIsNotBelieved() throws Exception {
		startWithTls(AUTHORITY.certificate("elsewhere"), false);
		assertThat(catchThrowable(() -> sent(client(KafkaSettings.DEFAULT).tls(trusting(AUTHORITY)))))
			.isInstanceOf(NotSentException.class)
			.hasMessageContaining("the brokers do not believe who this client is, or this client who they are");
		assertThat(sent(client(KafkaSettings.DEFAULT).tls(trusting(AUTHORITY).withServerName("elsewhere"))))
			.isEqualTo("orders");
		assertThat(sent(client(KafkaSettings.DEFAULT).tls(trusting(AUTHORITY).withoutHostnameVerification())))
			.isEqualTo("orders");
	}

	@Test
	void certificatesAreThoseOfTheMoment() throws Exception {
		startWithTls(AUTHORITY.certificateOfAddress("127.0.0.1"), false);
		AtomicReference<TlsMaterial> material = new AtomicReference<>(
				new TlsMaterial(new TestAuthority("another").trust(), null));
		ClientBuilder<ScalesKafkaClient> builder = client(KafkaSettings.DEFAULT)
			.tls(TlsSettings.reloading(material::get));
		try (ClientHandle<ScalesKafkaClient> client = builder.build()) {
			assertThat(catchThrowable(() -> client.proxy().put("orders", (Object) "x")))
				.isInstanceOf(NotSentException.class);
			material.set(new TlsMaterial(AUTHORITY.trust(), null));
			assertThat(client.proxy().put("orders", (Object) "x").topic()).isEqualTo("orders");
		}
	}

	@Test
	void aUserLogsIn() throws Exception {
		startPlain();
		this.broker.login("shop", "p\"w\\d");
		assertThat(sent(client(KafkaSettings.DEFAULT.withSasl(new Sasl("PLAIN", "shop", "p\"w\\d", null)))))
			.isEqualTo("orders");
	}

	@Test
	void aWrongPasswordIsToldAndNothingSent() throws Exception {
		startPlain();
		this.broker.login("shop", "right");
		Throwable thrown = catchThrowable(
				() -> sent(client(KafkaSettings.DEFAULT.withSasl(new Sasl("PLAIN", "shop", "wrong", null)))));
		assertThat(thrown).isInstanceOf(NotSentException.class)
			.hasMessageContaining("Invalid username or password")
			.hasMessageContaining("(expected: kafka.sasl and ssl.bundle as the brokers have it)")
			.hasMessageNotContaining("wrong");
	}

}
