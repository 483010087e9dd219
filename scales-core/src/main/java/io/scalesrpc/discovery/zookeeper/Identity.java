package io.scalesrpc.discovery.zookeeper;

import java.util.Arrays;
import java.util.List;

import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.jspecify.annotations.Nullable;

/**
 * Says settings in ZooKeeper's and Curator's words. <em>Immutable</em>.
 *
 * @param settings what is meant
 * @param path the service whose nodes are made; null if none are
 */
record Identity(ZooKeeperSettings settings, @Nullable String path) implements ACLProvider {

	private static final Id ANYONE = new Id("world", "anyone");

	private static final ACL EVERYBODY = new ACL(Perms.ALL, ANYONE);

	/** The maker of the node, with every identity that was proven. */
	private static final ACL CREATOR = new ACL(Perms.ALL, new Id("auth", ""));

	private static final String NETTY = "org.apache.zookeeper.ClientCnxnSocketNetty";

	void apply(CuratorFrameworkFactory.Builder builder) {
		ZooKeeperSettings.Login login = this.settings.login();
		if (login != null) {
			builder.authorization("digest", login.digest());
		}
		builder.aclProvider(this).zkClientConfig(config());
	}

	ZKClientConfig config() {
		ZKClientConfig config = new ZKClientConfig();
		ZooKeeperSettings.Sasl sasl = this.settings.sasl();
		if (sasl != null) {
			config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "true");
			config.setProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, sasl.loginContext());
			if (sasl.serverPrincipal() != null) {
				config.setProperty(ZKClientConfig.ZOOKEEPER_SERVER_PRINCIPAL, sasl.serverPrincipal());
			}
		}
		ZooKeeperSettings.Tls tls = this.settings.tls();
		if (tls != null) {
			config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
			config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, NETTY);
			config.setProperty("zookeeper.ssl.hostnameVerification", Boolean.toString(tls.verifyHostname()));
			store(config, "zookeeper.ssl.trustStore", tls.trust());
			store(config, "zookeeper.ssl.keyStore", tls.keys());
		}
		return config;
	}

	private static void store(ZKClientConfig config, String prefix, ZooKeeperSettings.@Nullable Store store) {
		if (store != null) {
			config.setProperty(prefix + ".location", store.location());
			config.setProperty(prefix + ".type", store.type());
			config.setProperty(prefix + ".password", store.password());
		}
	}

	@Override
	public List<ACL> getDefaultAcl() {
		return switch (this.settings.access()) {
			case OPEN -> list(EVERYBODY);
			case READABLE -> list(CREATOR, new ACL(Perms.READ, ANYONE));
			case PRIVATE -> list(CREATOR);
		};
	}

	/**
	 * Whoever may change the path of the service may delete what is below it. What is
	 * above it other services share.
	 */
	@Override
	public List<ACL> getAclForPath(String node) {
		boolean own = this.path == null || node.equals(this.path) || node.startsWith(this.path + "/");
		return own ? getDefaultAcl() : list(EVERYBODY);
	}

	/** ZooKeeper's client asks lists for null, which List.of refuses. */
	private static List<ACL> list(ACL... entries) {
		return Arrays.asList(entries);
	}

}
