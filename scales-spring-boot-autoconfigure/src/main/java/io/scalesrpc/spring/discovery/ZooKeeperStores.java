package io.scalesrpc.spring.discovery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;

import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;

/**
 * An SSL bundle as files, which are all that ZooKeeper's client reads: for the owner of
 * the process alone, encrypted with a password that is nowhere else, deleted with the
 * process. They are written anew when the bundle is updated, and read with the next
 * connection. <em>Thread-safe</em>.
 */
final class ZooKeeperStores {

	private static final Logger logger = LoggerFactory.getLogger(ZooKeeperStores.class);

	private static final String TYPE = "PKCS12";

	private final String password = random();

	private final Path folder;

	/**
	 * Makes a folder without files.
	 * @throws UncheckedIOException if there is no room for one
	 */
	ZooKeeperStores() {
		try {
			// Nobody but the owner may look into it.
			this.folder = Files.createTempDirectory("scales-zookeeper");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.folder.toFile().deleteOnExit();
	}

	private static String random() {
		byte[] bytes = new byte[16];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/**
	 * Writes what a bundle has.
	 * @return how TLS is spoken with it
	 * @throws IllegalArgumentException if it cannot be read
	 */
	ZooKeeperSettings.Tls write(SslBundle bundle, boolean verifyHostname) {
		try {
			KeyStore keys = bundle.getStores().getKeyStore();
			KeyStore trust = bundle.getStores().getTrustStore();
			return new ZooKeeperSettings.Tls((trust != null) ? write("trust.p12", trust, null) : null,
					(keys != null) ? write("keys.p12", keys, passwordOf(bundle)) : null, verifyHostname);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static char[] passwordOf(SslBundle bundle) {
		String given = bundle.getKey().getPassword();
		String known = (given != null) ? given : bundle.getStores().getKeyStorePassword();
		return (known != null) ? known.toCharArray() : new char[0];
	}

	private ZooKeeperSettings.Store write(String name, KeyStore from, char @Nullable [] keyPassword)
			throws GeneralSecurityException, IOException {
		KeyStore to = KeyStore.getInstance(TYPE);
		to.load(null, null);
		for (String alias : Collections.list(from.aliases())) {
			Key key = (keyPassword != null && from.isKeyEntry(alias)) ? from.getKey(alias, keyPassword) : null;
			if (key != null) {
				to.setKeyEntry(alias, key, this.password.toCharArray(), from.getCertificateChain(alias));
			}
			else if (from.getCertificate(alias) != null) {
				to.setCertificateEntry(alias, from.getCertificate(alias));
			}
		}
		Path file = this.folder.resolve(name);
		Path fresh = this.folder.resolve(name + ".new");
		try (OutputStream out = Files.newOutputStream(fresh)) {
			to.store(out, this.password.toCharArray());
		}
		Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		file.toFile().deleteOnExit();
		return new ZooKeeperSettings.Store(file.toString(), TYPE, this.password);
	}

	/** What cannot be read replaces nothing. */
	void update(String name, SslBundle updated, boolean verifyHostname) {
		try {
			write(updated, verifyHostname);
			logger.info("the next connections to ZooKeeper use the updated SSL bundle '{}'", name);
		}
		catch (RuntimeException ex) {
			logger.warn("the updated SSL bundle '{}' cannot be read, connections to ZooKeeper use the one before", name,
					ex);
		}
	}

}
