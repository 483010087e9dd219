package io.scalesrpc.spring.discovery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.zookeeper.ZooKeeperServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.TestAuthority;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Who an application is to ZooKeeper, by its properties. */
class ZooKeeperSettingsTests {

	private static final String PREFIX = "scales.discovery.zookeeper.";

	private static ApplicationContextRunner application(String... properties) {
		return Contexts.application()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.withPropertyValues(properties);
	}

	@Test
	void withoutSettingsItIsNobody() {
		application().run(
				(context) -> assertThat(context.getBean(ZooKeeperSettings.class)).isEqualTo(ZooKeeperSettings.DEFAULT));
	}

	@Test
	void aLoginAndTheRightsToWhatIsAnnounced() {
		application(PREFIX + "username=shop", PREFIX + "password=hunter2", PREFIX + "access=readable")
			.run((context) -> {
				ZooKeeperSettings settings = context.getBean(ZooKeeperSettings.class);
				assertThat(settings.login()).isEqualTo(new ZooKeeperSettings.Login("shop", "hunter2"));
				assertThat(settings.access()).isEqualTo(ZooKeeperSettings.Access.READABLE);
				assertThat(settings.toString()).doesNotContain("hunter2");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			username | username=shop                             | both username and password, or neither
			username | password=hunter2                          | both username and password, or neither
			username | username=a:b password=hunter2             | no colon
			access   | access=private                            | open without username and password
			sasl.login-context | sasl.login-context=NoSuch       | a section of the JAAS configuration
			sasl.server-principal | sasl.server-principal=zk/a   | none without sasl.login-context
			ssl.verify-hostname | ssl.verify-hostname=false      | none without ssl.bundle
			ssl.bundle | ssl.bundle=nosuch                       | one of the SSL bundles []
			""")
	void whatIsWrongStopsTheStartAndTellsNoSecret(String named, String properties, String expected) {
		String[] all = List.of(properties.split(" ")).stream().map(PREFIX::concat).toArray(String[]::new);
		application(all).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidConfigurationPropertyValueException.class)
			.hasMessageContaining(PREFIX + named)
			.hasMessageContaining(expected)
			.hasMessageNotContaining("hunter2"));
	}

	/**
	 * The server takes connections with and without TLS, so that who writes needs none.
	 */
	@Test
	void membersAreReadOverTlsFromWhoeverTheBundleTrusts(@TempDir Path folder) throws Exception {
		TestAuthority authority = new TestAuthority("Scales test");
		Path certificate = folder.resolve("certificate.pem");
		Path key = folder.resolve("key.pem");
		authority.write("localhost", certificate, key);
		Path both = Files.writeString(folder.resolve("server.pem"),
				Files.readString(key) + "\n" + Files.readString(certificate));
		Map<String, String> server = Map.of("zookeeper.serverCnxnFactory",
				"org.apache.zookeeper.server.NettyServerCnxnFactory", "zookeeper.client.portUnification", "true",
				"zookeeper.ssl.keyStore.location", both.toString(), "zookeeper.ssl.keyStore.type", "PEM",
				"zookeeper.ssl.clientAuth", "none");
		server.forEach(System::setProperty);
		try (TestingServer zookeeper = new TestingServer(FreePorts.next(), true)) {
			write(zookeeper);
			String hosts = "localhost:" + zookeeper.getPort();
			application(bundle(authority)).run((context) -> {
				assertThat(read(context.getBean(ZooKeeperServerSetProvider.class), hosts))
					.containsExactly(Member.of("10.0.0.7", 9090));
				ZooKeeperSettings.Tls tls = context.getBean(ZooKeeperSettings.class).tls();
				assertThat(Path.of(tls.trust().location()).getParent()).isDirectoryContaining("glob:**trust.p12");
			});
			application(bundle(new TestAuthority("Somebody else"))).run((context) -> {
				ServerSet set = context.getBean(ZooKeeperServerSetProvider.class).create(uri(hosts));
				List<List<Member>> told = new CopyOnWriteArrayList<>();
				set.watch(told::add);
				Await.until(() -> set.status().lastError() != null);
				assertThat(told).isEmpty();
				set.close();
			});
		}
		finally {
			server.keySet().forEach(System::clearProperty);
		}
	}

	private static String[] bundle(TestAuthority authority) {
		return new String[] { "spring.ssl.bundle.pem.zookeeper.truststore.certificate=" + authority.pem(),
				PREFIX + "ssl.bundle=zookeeper" };
	}

	private static ServerSetUri uri(String hosts) {
		return ServerSetUri.parse("zk://" + hosts + "/services/prices");
	}

	private static List<Member> read(ZooKeeperServerSetProvider provider, String hosts) {
		ServerSet set = provider.create(uri(hosts));
		List<List<Member>> told = new CopyOnWriteArrayList<>();
		set.watch(told::add);
		Await.until(() -> !told.isEmpty());
		set.close();
		return told.get(0);
	}

	private static void write(TestingServer zookeeper) throws Exception {
		try (CuratorFramework curator = CuratorFrameworkFactory.newClient(zookeeper.getConnectString(),
				new RetryOneTime(1000))) {
			curator.start();
			curator.create()
				.creatingParentsIfNeeded()
				.forPath("/services/prices/member_1",
						"{\"serviceEndpoint\":{\"host\":\"10.0.0.7\",\"port\":9090},\"additionalEndpoints\":{},\"status\":\"ALIVE\"}"
							.getBytes(StandardCharsets.UTF_8));
		}
	}

}
