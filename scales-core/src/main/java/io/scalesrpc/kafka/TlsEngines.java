package io.scalesrpc.kafka;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets a producer speak TLS as the client's settings say. Kafka makes it by its name; the
 * settings come with the configuration. Other material than before is what new
 * connections use from then on. <em>Confined to the producer</em>, which asks it on one
 * thread.
 */
@Internal
public final class TlsEngines implements SslEngineFactory {

	private static final String SETTINGS = "scales.tls";

	private TlsSettings settings = TlsSettings.DEFAULT;

	private @Nullable TlsMaterial used;

	private @Nullable SSLContext context;

	/** Made by kafka-clients. */
	public TlsEngines() {
	}

	/** Has the producer use engines of this class. */
	static void configure(Map<String, Object> values, TlsSettings tls) {
		values.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, TlsEngines.class);
		values.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, tls.verifyHostname() ? "https" : "");
		values.put(SETTINGS, tls);
	}

	@Override
	public void configure(Map<String, ?> configs) {
		if (configs.get(SETTINGS) instanceof TlsSettings given) {
			this.settings = given;
		}
	}

	@Override
	public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
		String name = (this.settings.serverName() != null) ? this.settings.serverName() : peerHost;
		TlsMaterial material = this.settings.material().get();
		SSLEngine engine = context(material).createSSLEngine(name, peerPort);
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm(this.settings.verifyHostname() ? "HTTPS" : null);
		if (!material.protocols().isEmpty()) {
			parameters.setProtocols(material.protocols().toArray(String[]::new));
		}
		if (!material.ciphers().isEmpty()) {
			parameters.setCipherSuites(material.ciphers().toArray(String[]::new));
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private SSLContext context(TlsMaterial material) {
		SSLContext made = this.context;
		if (made == null || !material.equals(this.used)) {
			made = newContext(material.trust(), material.keys());
			this.used = material;
			this.context = made;
		}
		return made;
	}

	private static SSLContext newContext(@Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keys != null) ? keys.getKeyManagers() : null,
					(trust != null) ? trust.getTrustManagers() : null, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw InvalidSettingException.because("tls",
					"ssl: " + ex.getMessage() + " (expected: keys that can be used)", ex);
		}
	}

	@Override
	public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
		throw new UnsupportedOperationException("a producer is no server");
	}

	@Override
	public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
		return false;
	}

	@Override
	public Set<String> reconfigurableConfigs() {
		return Set.of();
	}

	@Override
	@SuppressWarnings("NullAway") // null says that there is none
	public KeyStore keystore() {
		return null;
	}

	@Override
	@SuppressWarnings("NullAway") // null says that there is none
	public KeyStore truststore() {
		return null;
	}

	@Override
	public void close() {
		this.context = null;
	}

}
