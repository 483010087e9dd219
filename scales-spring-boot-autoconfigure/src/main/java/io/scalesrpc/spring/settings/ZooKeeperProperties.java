package io.scalesrpc.spring.settings;

import java.util.function.Supplier;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How this application logs in to ZooKeeper, for all clients and the server. Its text
 * tells no secrets. <em>Immutable</em>.
 *
 * @param username Name of a user of ZooKeeper, of the scheme digest; needs a password.
 * @param password Password of the user.
 * @param access Who may read and change what the server announces: open for everybody,
 * readable for everybody to read, private for nobody but who logs in alike.
 * @param sasl How SASL is spoken.
 * @param ssl How connections are encrypted.
 */
public record ZooKeeperProperties(@Nullable String username, @Nullable String password,
		@DefaultValue("open") ZooKeeperSettings.Access access,
		@NestedConfigurationProperty @DefaultValue ZooKeeperSaslProperties sasl,
		@NestedConfigurationProperty @DefaultValue ZooKeeperSslProperties ssl) {

	/** Where these settings stand. */
	public static final String PREFIX = "scales.discovery.zookeeper.";

	/**
	 * Checks the values.
	 * @throws InvalidConfigurationPropertyValueException if they are not right, or one is
	 * missing
	 */
	public ZooKeeperProperties {
		// Never the password, which the error would repeat.
		if ((username == null) != (password == null)) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "username", username,
					"Expected both username and password, or neither.");
		}
		settings(username, password, access, sasl, null);
	}

	/**
	 * What the core knows them as.
	 * @param tls how connections are encrypted
	 * @return the settings
	 */
	public ZooKeeperSettings toSettings(ZooKeeperSettings.@Nullable Tls tls) {
		return settings(this.username, this.password, this.access, this.sasl, tls);
	}

	private static ZooKeeperSettings settings(@Nullable String username, @Nullable String password,
			ZooKeeperSettings.Access access, ZooKeeperSaslProperties sasl, ZooKeeperSettings.@Nullable Tls tls) {
		return checked(() -> {
			ZooKeeperSettings.Login login = (username != null && password != null)
					? new ZooKeeperSettings.Login(username, password) : null;
			String section = sasl.loginContext();
			ZooKeeperSettings.Sasl spoken = (section != null)
					? new ZooKeeperSettings.Sasl(section, sasl.serverPrincipal()) : null;
			return new ZooKeeperSettings(login, spoken, tls, access);
		});
	}

	private static ZooKeeperSettings checked(Supplier<ZooKeeperSettings> maker) {
		try {
			return maker.get();
		}
		catch (InvalidSettingException ex) {
			String text = String.valueOf(ex.getMessage());
			throw new InvalidConfigurationPropertyValueException(PREFIX + ex.setting(),
					text.substring(text.indexOf(": ") + 2, text.indexOf(" (")), text);
		}
	}

	@Override
	public String toString() {
		return "ZooKeeperProperties[username=" + this.username + ", access=" + this.access + "]";
	}

	/**
	 * How SASL is spoken with ZooKeeper. <em>Immutable</em>.
	 *
	 * @param loginContext Section of the JAAS configuration that says who this
	 * application is; without it, "Client", if there is one.
	 * @param serverPrincipal Principal of the servers, with Kerberos; needs a
	 * login-context.
	 */
	public record ZooKeeperSaslProperties(@Nullable String loginContext, @Nullable String serverPrincipal) {

		/**
		 * Checks the values.
		 * @throws InvalidConfigurationPropertyValueException if one would have no effect
		 */
		public ZooKeeperSaslProperties {
			if (loginContext == null && serverPrincipal != null) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "sasl.server-principal", serverPrincipal,
						"Expected none without sasl.login-context.");
			}
		}

	}

	/**
	 * How connections to ZooKeeper are encrypted. <em>Immutable</em>.
	 *
	 * @param bundle SSL bundle with the certificates; without it, no TLS.
	 * @param verifyHostname Whether the certificate of a server must be for its name.
	 */
	public record ZooKeeperSslProperties(@Nullable String bundle, @DefaultValue("true") boolean verifyHostname) {

		/**
		 * Checks the values.
		 * @throws InvalidConfigurationPropertyValueException if one would have no effect
		 */
		public ZooKeeperSslProperties {
			if (bundle == null && !verifyHostname) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "ssl.verify-hostname", false,
						"Expected none without ssl.bundle.");
			}
		}

	}

}
