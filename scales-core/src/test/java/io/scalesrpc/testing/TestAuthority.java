package io.scalesrpc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A certificate authority of its own, for tests of TLS: signs certificates, wrong ones
 * too. <em>Thread-safe</em>.
 */
public final class TestAuthority {

	private final X509Bundle root;

	/**
	 * Creates an authority.
	 * @param name how certificates name it
	 */
	public TestAuthority(String name) {
		this.root = build(() -> new CertificateBuilder().subject("CN=" + name)
			.setIsCertificateAuthority(true)
			.ecp256()
			.buildSelfSigned());
	}

	/** Trusts whom this authority has signed. */
	public TrustManagerFactory trust() {
		return this.root.toTrustManagerFactory();
	}

	/** The certificate of this authority, as text. */
	public String pem() {
		return this.root.getCertificatePEM();
	}

	/** A good certificate for a name. */
	public KeyManagerFactory certificate(String name) {
		return signed((builder) -> builder.addSanDnsName(name));
	}

	/**
	 * Writes a good certificate for a name, and its key, for a server that is no Java.
	 * @param name the name
	 * @param certificate where the certificate goes
	 * @param key where the key goes
	 */
	public void write(String name, Path certificate, Path key) throws IOException {
		X509Bundle bundle = build(() -> subject().addSanDnsName(name).buildIssuedBy(this.root));
		Files.writeString(certificate, bundle.getCertificatePathPEM());
		Files.writeString(key, bundle.getPrivateKeyPEM());
	}

	/** A good certificate for an address. */
	public KeyManagerFactory certificateOfAddress(String address) {
		return signed((builder) -> builder.addSanIpAddress(address));
	}

	/** A certificate for localhost whose time is over. */
	public KeyManagerFactory expired() {
		Instant now = Instant.now();
		return signed((builder) -> builder.addSanDnsName("localhost")
			.notBefore(now.minus(3, ChronoUnit.DAYS))
			.notAfter(now.minus(2, ChronoUnit.DAYS)));
	}

	/** A certificate for localhost whose time is to come. */
	public KeyManagerFactory notYetValid() {
		Instant now = Instant.now();
		return signed((builder) -> builder.addSanDnsName("localhost")
			.notBefore(now.plus(2, ChronoUnit.DAYS))
			.notAfter(now.plus(3, ChronoUnit.DAYS)));
	}

	private KeyManagerFactory signed(UnaryOperator<CertificateBuilder> what) {
		CertificateBuilder builder = what.apply(subject());
		return build(() -> builder.buildIssuedBy(this.root).toKeyManagerFactory());
	}

	private static CertificateBuilder subject() {
		return new CertificateBuilder().subject("CN=Scales test").ecp256();
	}

	private static <T> T build(Build<T> build) {
		try {
			return build.run();
		}
		catch (Exception ex) {
			throw new IllegalStateException("certificate: cannot be made", ex);
		}
	}

	/**
	 * Makes something of certificates. <em>Stateless</em>.
	 *
	 * @param <T> what it makes
	 */
	@FunctionalInterface
	private interface Build<T> {

		T run() throws Exception;

	}

}
