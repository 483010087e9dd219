package io.scalesrpc.finagle.peer;

import java.nio.file.Path;
import java.util.Locale;

import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.ssl.KeyCredentials;
import com.twitter.finagle.ssl.OpportunisticTls;
import com.twitter.finagle.ssl.OpportunisticTlsConfig;
import com.twitter.finagle.ssl.TrustCredentials;
import com.twitter.finagle.ssl.client.SslClientConfiguration;
import com.twitter.finagle.ssl.server.SslServerConfiguration;
import scala.Option;

/**
 * TLS of Finagle's peers, from {@code authority.pem}, {@code certificate.pem} and
 * {@code key.pem} in a directory. <em>Immutable</em>.
 */
final class PeerTls {

	/** TLS from the first byte: nothing is agreed upon. */
	private static final String FIRST_BYTE = "first-byte";

	private final String level;

	private final Path directory;

	/**
	 * Takes what the command line says.
	 * @param level {@code first-byte}, {@code off}, {@code desired} or {@code required}
	 * @param directory where the certificates are
	 */
	PeerTls(String level, String directory) {
		this.level = level;
		this.directory = Path.of(directory);
	}

	ThriftMux.Server of(ThriftMux.Server server) {
		KeyCredentials keys = new KeyCredentials.CertAndKey(this.directory.resolve("certificate.pem").toFile(),
				this.directory.resolve("key.pem").toFile());
		ThriftMux.Server encrypting = server.withTransport()
			.tls(new SslServerConfiguration(keys, SslServerConfiguration.apply$default$2(),
					SslServerConfiguration.apply$default$3(), SslServerConfiguration.apply$default$4(),
					SslServerConfiguration.apply$default$5(), SslServerConfiguration.apply$default$6(),
					SslServerConfiguration.apply$default$7()));
		return this.level.equals(FIRST_BYTE) ? encrypting : encrypting.withOpportunisticTls(level());
	}

	ThriftMux.Client of(ThriftMux.Client client) {
		TrustCredentials trust = new TrustCredentials.CertCollection(this.directory.resolve("authority.pem").toFile());
		ThriftMux.Client encrypting = client.withTransport()
			.tls(new SslClientConfiguration(Option.apply("localhost"), SslClientConfiguration.apply$default$2(),
					SslClientConfiguration.apply$default$3(), trust, SslClientConfiguration.apply$default$5(),
					SslClientConfiguration.apply$default$6(), SslClientConfiguration.apply$default$7(),
					SslClientConfiguration.apply$default$8()));
		return this.level.equals(FIRST_BYTE) ? encrypting : encrypting.withOpportunisticTls(level());
	}

	private OpportunisticTls.Level level() {
		switch (this.level.toUpperCase(Locale.ROOT)) {
			case "OFF":
				return OpportunisticTlsConfig.OFF;
			case "DESIRED":
				return OpportunisticTlsConfig.DESIRED;
			case "REQUIRED":
				return OpportunisticTlsConfig.REQUIRED;
			default:
				throw new IllegalArgumentException(
						"level: " + this.level + " (expected: first-byte, off, desired or required)");
		}
	}

}
