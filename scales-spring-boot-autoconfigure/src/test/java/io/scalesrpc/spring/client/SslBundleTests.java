package io.scalesrpc.spring.client;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS by SSL bundles, with a server that has a certificate for localhost.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private static final TestAuthority STRANGER = new TestAuthority("Stranger");

	private final CalculatorServer server = CalculatorServer.start(ThriftMuxServer.builder()
		.tls(TlsServerSettings.of(new TlsMaterial(AUTHORITY.trust(), AUTHORITY.certificate("localhost")))
			.requiringCertificates()));

	private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();

	@AfterEach
	void close() {
		this.server.close();
	}

	private ApplicationContextRunner application(String host) {
		return Contexts.application()
			.withBean(DefaultSslBundleRegistry.class, () -> this.bundles)
			.withPropertyValues("scales.clients.calculator.uri=tcp://" + host + ":" + this.server.port(),
					"scales.clients.calculator.connect-timeout=5s", "scales.clients.calculator.close-grace=0s",
					"scales.clients.calculator.timeout=2s");
	}

	private static SslBundle bundle(TrustManagerFactory trust, String... protocols) {
		return SslBundle.of(null, null, SslOptions.of(null, (protocols.length > 0) ? protocols : null), null,
				SslManagerBundle.of(AUTHORITY.certificate("client"), trust));
	}

	@Test
	void aBundleIsWhomToTrustAndWhatToShow() {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("localhost").withPropertyValues("scales.clients.calculator.ssl.bundle=servers")
			.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
	}

	@Test
	void aClientTakesTheBundleOfTheDefaultsAndMayHaveNone() {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("localhost").withPropertyValues("scales.defaults.ssl.bundle=servers")
			.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
		application("localhost")
			.withPropertyValues("scales.defaults.ssl.bundle=servers", "scales.clients.calculator.ssl.bundle=",
					"scales.clients.calculator.connect-timeout=100ms")
			.run((context) -> assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> divide(context.getBean(CalculatorClient.class)))
				.withMessageNotContaining("TLS"));
	}

	@Test
	void namesAreVerified(CapturedOutput output) {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("127.0.0.1").withPropertyValues("scales.clients.calculator.ssl.bundle=servers")
			.run((context) -> assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> divide(context.getBean(CalculatorClient.class)))
				.withMessageContaining(
						"TLS handshake with '127.0.0.1' failed: the certificate is not one for that name"));
		assertThat(output).doesNotContain("does not verify");
	}

	@Test
	void theNameMayBeAProperty() {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("127.0.0.1")
			.withPropertyValues("scales.clients.calculator.ssl.bundle=servers",
					"scales.clients.calculator.ssl.server-name=localhost")
			.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
	}

	@Test
	void notToVerifyNamesIsWarnedOf(CapturedOutput output) {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("127.0.0.1")
			.withPropertyValues("scales.clients.calculator.ssl.bundle=servers",
					"scales.clients.calculator.ssl.verify-hostname=false")
			.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
		assertThat(output).containsPattern("WARN.*\\[calculator] TLS does not verify the names of servers");
	}

	@Test
	void newConnectionsUseABundleThatIsUpdated() {
		this.bundles.registerBundle("servers", bundle(STRANGER.trust()));
		application("localhost").withPropertyValues("scales.clients.calculator.ssl.bundle=servers").run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> divide(client))
				.withMessageContaining("no trusted authority has signed the certificate of the server");
			this.bundles.updateBundle("servers", bundle(AUTHORITY.trust()));
			assertThat(eventually(client)).isEqualTo(2);
		});
	}

	@Test
	void aBundleThatCannotBeReadReplacesNothing(CapturedOutput output) {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		application("localhost").withPropertyValues("scales.clients.calculator.ssl.bundle=servers").run((context) -> {
			context.getBean(ScalesClientRegistry.class).client("calculator");
			this.bundles.updateBundle("servers", SslBundle.of(null, null, null, null, unreadable()));
			assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2);
		});
		assertThat(output).containsPattern("WARN.*the updated SSL bundle 'servers' cannot be read");
	}

	private static SslManagerBundle unreadable() {
		return new SslManagerBundle() {

			@Override
			public KeyManagerFactory getKeyManagerFactory() {
				throw new IllegalStateException("the file is gone");
			}

			@Override
			public TrustManagerFactory getTrustManagerFactory() {
				throw new IllegalStateException("the file is gone");
			}

		};
	}

	@Test
	void aBundleOfPropertiesWorks() {
		try (CalculatorServer open = CalculatorServer.start(ThriftMuxServer.builder()
			.tls(TlsServerSettings.of(new TlsMaterial(null, AUTHORITY.certificate("localhost")))))) {
			Contexts.application()
				.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
				.withPropertyValues("spring.ssl.bundle.pem.servers.truststore.certificate=" + AUTHORITY.pem(),
						"spring.ssl.bundle.pem.servers.options.enabled-protocols=TLSv1.3",
						"scales.clients.calculator.uri=tcp://localhost:" + open.port(),
						"scales.clients.calculator.ssl.bundle=servers", "scales.clients.calculator.connect-timeout=5s",
						"scales.clients.calculator.close-grace=0s")
				.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
		}
	}

	@Test
	void theBundleIsForTlsThatIsAgreedUponToo() {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust()));
		try (CalculatorServer agreeing = CalculatorServer.start(ThriftMuxServer.builder()
			.tls(TlsServerSettings.of(new TlsMaterial(null, AUTHORITY.certificate("localhost"))))
			.opportunisticTls(OpportunisticTls.REQUIRED))) {
			application("localhost")
				.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:" + agreeing.port(),
						"scales.clients.calculator.ssl.bundle=servers",
						"scales.clients.calculator.options.opportunistic-tls=desired")
				.run((context) -> assertThat(divide(context.getBean(CalculatorClient.class))).isEqualTo(2));
		}
	}

	@Test
	void aMissingBundleStopsTheStart() {
		this.bundles.registerBundle("backend", bundle(AUTHORITY.trust()));
		application("localhost").withPropertyValues("scales.clients.calculator.ssl.bundle=servers")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("bundle: servers (expected: one of the SSL bundles [backend])"));
	}

	@Test
	void aStoreThatIsMissingStopsTheStart() {
		assertThat(failureOfStore("file:/no/such/trust.p12", "secret")).contains(
				"Scales client 'calculator': bundle: servers (expected: one that can be read; ", "/no/such/trust.p12");
	}

	@Test
	void aWrongPasswordStopsTheStartAndIsNotShown(@TempDir Path directory) throws Exception {
		Path store = directory.resolve("trust.p12");
		KeyStore keys = KeyStore.getInstance("PKCS12");
		keys.load(null, null);
		try (OutputStream out = Files.newOutputStream(store)) {
			keys.store(out, "right".toCharArray());
		}
		assertThat(failureOfStore("file:" + store, "wr0ng"))
			.contains("bundle: servers (expected: one that can be read; ", store.toString())
			.doesNotContain("wr0ng");
	}

	private static String failureOfStore(String location, String password) {
		List<String> texts = new ArrayList<>();
		Contexts.application()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("spring.ssl.bundle.jks.servers.truststore.location=" + location,
					"spring.ssl.bundle.jks.servers.truststore.password=" + password,
					"scales.clients.calculator.uri=tcp://localhost:1", "scales.clients.calculator.ssl.bundle=servers")
			.run((context) -> {
				for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
					texts.add(String.valueOf(cause.getMessage()));
				}
			});
		return String.join("\n", texts);
	}

	@Test
	void aVersionThatNobodyKnowsStopsTheStart() {
		this.bundles.registerBundle("servers", bundle(AUTHORITY.trust(), "TLSv9"));
		application("localhost").withPropertyValues("scales.clients.calculator.ssl.bundle=servers")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Scales client 'calculator': tls: Unsupported protocol"));
	}

	private static int divide(CalculatorClient client) throws TException {
		return client.divide(6, 3);
	}

	/** The next connection comes after a back-off. */
	private static int eventually(CalculatorClient client) throws TException {
		for (int i = 0; i < 5000; i++) {
			try {
				return divide(client);
			}
			catch (NotSentException ex) {
				LockSupport.parkNanos(1_000_000);
			}
		}
		throw new AssertionError("no connection with the updated bundle");
	}

}
