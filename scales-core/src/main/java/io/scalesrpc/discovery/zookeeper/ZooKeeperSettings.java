package io.scalesrpc.discovery.zookeeper;

import java.nio.charset.StandardCharsets;

import javax.security.auth.login.Configuration;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

import static io.scalesrpc.call.Checks.require;

/**
 * Who this process is to ZooKeeper, how it speaks with it, and who may change what it
 * announces. <em>Immutable</em>; its text tells no secrets.
 *
 * @param login name and password (scheme {@code digest}); null for none
 * @param sasl how it proves who it is by SASL; null for as ZooKeeper's client does by
 * itself, which is by the section {@code Client} of the JAAS configuration if there is
 * one
 * @param tls how connections are encrypted; null for not at all
 * @param access who may read and change the nodes of announcements and the path of their
 * service, if that is made for them; anything but {@link Access#OPEN} needs a login or
 * SASL
 */
public record ZooKeeperSettings(@Nullable Login login, @Nullable Sasl sasl, @Nullable Tls tls, Access access) {

	/** Nobody in particular, in clear; everybody may change what is announced. */
	public static final ZooKeeperSettings DEFAULT = new ZooKeeperSettings(null, null, null, Access.OPEN);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if nodes would be nobody's
	 */
	public ZooKeeperSettings {
		require(access == Access.OPEN || login != null || sasl != null, "access", access.text(),
				"open without username and password, and without sasl.login-context: nobody could read the nodes");
	}

	/** Who may do what with nodes. */
	public enum Access {

		/** Everybody may do everything. */
		OPEN,

		/** Who made them may do everything, everybody may read. */
		READABLE,

		/** Who made them may do everything, others nothing. */
		PRIVATE;

		String text() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/**
	 * A name and a password. <em>Immutable</em>; its text has no password.
	 *
	 * @param username without a colon
	 * @param password as it is
	 */
	public record Login(String username, String password) {

		/**
		 * Checks the values.
		 * @throws IllegalArgumentException if the name has a colon or is blank
		 */
		public Login {
			Checks.text("username", username);
			require(username.indexOf(':') < 0, "username", username, "no colon");
		}

		byte[] digest() {
			return (this.username + ":" + this.password).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return "Login[username=" + this.username + "]";
		}

	}

	/**
	 * How SASL is spoken. <em>Immutable</em>.
	 *
	 * @param loginContext the section of the JAAS configuration of this process that says
	 * who it is
	 * @param serverPrincipal the principal of the servers, with Kerberos; null for
	 * {@code zookeeper/<host>}
	 */
	public record Sasl(String loginContext, @Nullable String serverPrincipal) {

		/**
		 * Looks for the section: ZooKeeper's client would go on without SASL.
		 * @throws IllegalArgumentException if there is none of that name
		 */
		public Sasl {
			Checks.text("sasl.login-context", loginContext);
			require(hasSection(loginContext), "sasl.login-context", loginContext,
					"a section of the JAAS configuration, which java.security.auth.login.config names");
		}

		private static boolean hasSection(String name) {
			try {
				return Configuration.getConfiguration().getAppConfigurationEntry(name) != null;
			}
			catch (SecurityException ex) {
				// There is no configuration at all.
				return false;
			}
		}

	}

	/**
	 * How TLS is spoken. ZooKeeper's client reads its certificates of files, whenever it
	 * connects. <em>Immutable</em>; its text has no passwords.
	 *
	 * @param trust whom to trust; null for the authorities of the Java runtime
	 * @param keys the own certificate with its key; null for none
	 * @param verifyHostname whether the certificate must be for the server's name
	 */
	public record Tls(@Nullable Store trust, @Nullable Store keys, boolean verifyHostname) {
	}

	/**
	 * A file with certificates. <em>Immutable</em>; its text has no password.
	 *
	 * @param location the file
	 * @param type {@code PKCS12}, {@code JKS} or {@code PEM}
	 * @param password opens it; empty for none
	 */
	public record Store(String location, String type, String password) {

		@Override
		public String toString() {
			return "Store[location=" + this.location + ", type=" + this.type + "]";
		}

	}

}
