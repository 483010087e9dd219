package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.Told;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings.Access;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings.Login;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings.Sasl;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings.Store;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings.Tls;
import io.scalesrpc.testing.Sockets;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.await;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.member;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Who may read what is followed, and change what is announced. */
@Sockets
class ZooKeeperRightsTests {

	private static final Login SHOP = new Login("shop", "hunter2");

	private final List<Announcement> announcements = new ArrayList<>();

	private ZooKeeperFixture zookeeper;

	@BeforeEach
	void start() throws Exception {
		this.zookeeper = new ZooKeeperFixture();
	}

	@AfterEach
	void stop() throws Exception {
		for (Announcement announcement : this.announcements) {
			CompletableFuture<Void> withdrawn = announcement.withdraw().toCompletableFuture();
			await("the end", () -> {
				this.zookeeper.time.advance(Duration.ZERO);
				return withdrawn.isDone();
			});
		}
		this.zookeeper.close();
	}

	private static ZooKeeperSettings shop(Access access) {
		return new ZooKeeperSettings(SHOP, null, null, access);
	}

	@Test
	void aPathOfOthersIsReadByWhoeverHasTheirPassword() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		permitOnly(DigestAuthenticationProvider.generateDigest("shop:hunter2"));
		Told known = this.zookeeper.follow(shop(Access.OPEN));
		assertThat(known.next()).containsExactly(member("a", 1));
		await("no error", () -> known.set().status().equals(SourceStatus.CURRENT));
		// Another identity has another connection.
		Told stranger = this.zookeeper.follow();
		await("an error", () -> String.valueOf(stranger.set().status().lastError()).contains("NoAuth"));
		Told mistaken = this.zookeeper
			.follow(new ZooKeeperSettings(new Login("shop", "hunter3"), null, null, Access.OPEN));
		await("an error", () -> String.valueOf(mistaken.set().status().lastError()).contains("NoAuth"));
		assertThat(mistaken.set().status().lastError()).doesNotContain("hunter");
		assertThat(stranger.lists()).isEmpty();
	}

	private void permitOnly(String digest) throws Exception {
		this.zookeeper.writer.setACL()
			.withACL(List.of(new ACL(Perms.ALL, new Id("digest", digest))))
			.forPath(ZooKeeperFixture.PATH);
	}

	@Test
	void whatIsAnnouncedAsReadableOthersReadAndCannotChange() throws Exception {
		Announcement made = announce(shop(Access.READABLE));
		await("announced", () -> made.problem() == null);
		Told stranger = this.zookeeper.follow();
		assertThat(stranger.next()).containsExactly(Member.of("10.0.0.7", 9090));
		String name = this.zookeeper.writer.getChildren().forPath(ZooKeeperFixture.PATH).get(0);
		assertThatExceptionOfType(KeeperException.NoAuthException.class).isThrownBy(() -> this.zookeeper.delete(name));
		assertThatExceptionOfType(KeeperException.NoAuthException.class)
			.isThrownBy(() -> this.zookeeper.write(name, node("evil", 1)));
		assertThatExceptionOfType(KeeperException.NoAuthException.class)
			.isThrownBy(() -> this.zookeeper.write("member_evil", node("evil", 1)));
		// What is above the service is for other services, too.
		this.zookeeper.writer.create().forPath("/services/others");
	}

	@Test
	void whatIsAnnouncedAsPrivateOthersDoNotRead() throws Exception {
		announce(shop(Access.PRIVATE));
		Told known = this.zookeeper.follow(shop(Access.PRIVATE));
		assertThat(known.next()).containsExactly(Member.of("10.0.0.7", 9090));
		Told stranger = this.zookeeper.follow();
		await("an error", () -> String.valueOf(stranger.set().status().lastError()).contains("NoAuth"));
		assertThat(stranger.lists()).isEmpty();
	}

	@Test
	void aServerThatMayNotAnnounceItselfSaysSo() throws Exception {
		// Lists are in the order of names: this one is before all that servers have.
		this.zookeeper.write("member_0", node("a", 1));
		permitOnly(DigestAuthenticationProvider.generateDigest("shop:hunter2"));
		Announcement stranger = announce(ZooKeeperSettings.DEFAULT);
		await("a problem", () -> String.valueOf(stranger.problem()).contains("expected: the right to create"));
		announce(shop(Access.OPEN));
		Told known = this.zookeeper.follow(shop(Access.OPEN));
		known.awaitList(member("a", 1), Member.of("10.0.0.7", 9090));
	}

	private Announcement announce(ZooKeeperSettings settings) {
		ServerSetUri uri = this.zookeeper.uri("");
		Announcement made = this.zookeeper.context.with(settings)
			.announce(uri, new TwitterFormat("").announcement(Member.of("10.0.0.7", 9090)));
		this.announcements.add(made);
		return made;
	}

	@Test
	void settingsTellNoSecretsAndSayWhatIsWrong() {
		Tls tls = new Tls(new Store("/trust.p12", "PKCS12", "hunter2"), null, true);
		assertThat(new ZooKeeperSettings(SHOP, null, tls, Access.PRIVATE).toString()).contains("shop", "/trust.p12")
			.doesNotContain("hunter2");
		assertThatIllegalArgumentException().isThrownBy(() -> new ZooKeeperSettings(null, null, null, Access.PRIVATE))
			.withMessageContaining("access: private (expected: open without username");
		assertThatIllegalArgumentException().isThrownBy(() -> new Login("a:b", "hunter2"))
			.withMessage("username: a:b (expected: no colon)");
		assertThatIllegalArgumentException().isThrownBy(() -> new Sasl("NoSuchSection", null))
			.withMessageContaining("sasl.login-context: NoSuchSection (expected: a section of the JAAS");
	}

	@Test
	void saslAndTlsAreSaidToZooKeepersClient() {
		Configuration before = configuration();
		Configuration.setConfiguration(new Configuration() {

			@Override
			public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
				return name.equals("Shop")
						? new AppConfigurationEntry[] {
								new AppConfigurationEntry("some.Module", LoginModuleControlFlag.REQUIRED, Map.of()) }
						: null;
			}

		});
		try {
			Tls tls = new Tls(new Store("/trust.p12", "PKCS12", "x"), new Store("/keys.p12", "PKCS12", "y"), false);
			ZKClientConfig config = new Identity(
					new ZooKeeperSettings(null, new Sasl("Shop", "zookeeper/zk1"), tls, Access.READABLE), null)
				.config();
			assertThat(config.getProperty("zookeeper.sasl.clientconfig")).isEqualTo("Shop");
			assertThat(config.getProperty("zookeeper.server.principal")).isEqualTo("zookeeper/zk1");
			assertThat(config.getBoolean("zookeeper.client.secure")).isTrue();
			assertThat(config.getProperty("zookeeper.ssl.trustStore.location")).isEqualTo("/trust.p12");
			assertThat(config.getProperty("zookeeper.ssl.keyStore.password")).isEqualTo("y");
			assertThat(config.getBoolean("zookeeper.ssl.hostnameVerification", true)).isFalse();
		}
		finally {
			Configuration.setConfiguration(before);
		}
	}

	/** Null where there is none, which a later look finds out again. */
	private static Configuration configuration() {
		try {
			return Configuration.getConfiguration();
		}
		catch (SecurityException ex) {
			return null;
		}
	}

}
