package io.scalesrpc.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.zookeeper.CuratorServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperServerSetProvider;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.HidingClassLoader;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Sockets
class WithoutOptionalLibrariesTests {

	private static final List<String> OPTIONAL = List.of("reactor.", "org.apache.curator.", "org.apache.zookeeper.",
			"tools.jackson.", "io.micrometer.context.", "org.apache.kafka.", "io.lettuce.");

	private final ClassLoader loader = new HidingClassLoader(getClass().getClassLoader(), OPTIONAL);

	@Test
	void clientsThatUseNothingOptionalNeedNothingOptional() throws ReflectiveOperationException {
		Class<?> caller = this.loader.loadClass(PlainCaller.class.getName());
		assertThat(caller).isNotSameAs(PlainCaller.class);
		assertThat(((IntSupplier) caller.getConstructor().newInstance()).getAsInt()).isEqualTo(6);
	}

	@Test
	void noneOfThemIsThereInThisTest() {
		for (String name : List.of("reactor.core.publisher.Mono", "org.apache.curator.framework.CuratorFramework",
				"tools.jackson.core.JsonParser", "io.micrometer.context.ContextRegistry")) {
			assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> this.loader.loadClass(name));
		}
	}

	@Test
	void aServerSetOfZooKeeperSaysWhatIsMissing() throws Exception {
		Matcher version = Pattern.compile("<curator.version>(.+)</curator.version>")
			.matcher(Files.readString(Path.of("../pom.xml")));
		assertThat(version.find()).isTrue();
		String expected = " (expected: org.apache.curator:curator-recipes:" + version.group(1)
				+ " and tools.jackson.core:jackson-core on the class path; missing: org.apache.curator.";
		Class<?> caller = this.loader.loadClass(ZooKeeperCaller.class.getName());
		assertThat(caller.getConstructor().newInstance()).asString()
			.contains("zk://localhost:2181/x" + expected, "curator://localhost:2181/x" + expected);
	}

	@Test
	void aClientOfKafkaSaysWhatIsMissing() throws ReflectiveOperationException {
		Class<?> caller = this.loader.loadClass(KafkaCaller.class.getName());
		assertThat(caller.getConstructor().newInstance())
			.hasToString("protocol: kafka (expected: org.apache.kafka:kafka-clients on the class path)");
	}

	@Test
	void aClientOfRedisSaysWhatIsMissing() throws ReflectiveOperationException {
		Class<?> caller = this.loader.loadClass(RedisCaller.class.getName());
		assertThat(caller.getConstructor().newInstance())
			.hasToString("protocol: redis (expected: io.lettuce:lettuce-core on the class path)");
	}

	/** Asks for a client of Kafka, retries and all. <em>Stateless</em>; thread-safe. */
	public static final class KafkaCaller {

		/** The failure. */
		@Override
		public String toString() {
			try {
				ScalesClients.builder(Runnable.class)
					.protocol("kafka")
					.uri("tcp://localhost:9092")
					.callOption(RetrySettings.KEY, RetrySettings.DEFAULT)
					.build();
				return "no failure";
			}
			catch (IllegalArgumentException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

	@Test
	void anInterfaceWithATypeOfAMissingLibrarySaysWhatIsMissing() throws ReflectiveOperationException {
		Class<?> caller = this.loader.loadClass(MonoCaller.class.getName());
		assertThat(caller.getConstructor().newInstance()).asString()
			.contains("Later: its methods have reactor.core.publisher.Mono, which is missing"
					+ " (expected: io.projectreactor:reactor-core on the class path)");
	}

	/** Has a type of Reactor. */
	interface Later {

		Mono<String> later(String text);

	}

	/** Asks for a client of Thrift, with Reactor. <em>Stateless</em>; thread-safe. */
	public static final class MonoCaller {

		/** The failure. */
		@Override
		public String toString() {
			try {
				ScalesClients.builder(Later.class).uri("tcp://localhost:9090").service(PeerService.class).build();
				return "no failure";
			}
			catch (IllegalArgumentException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

	/** Asks for a client of Redis, pools and all. <em>Stateless</em>; thread-safe. */
	public static final class RedisCaller {

		/** The failure. */
		@Override
		public String toString() {
			try {
				ScalesClients.builder(Plain.class)
					.protocol("redis")
					.uri("tcp://localhost:6379")
					.pool(PoolSettings.DEFAULT)
					.build();
				return "no failure";
			}
			catch (IllegalArgumentException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

	/** Asks for server sets of ZooKeeper. <em>Stateless</em>; thread-safe. */
	public static final class ZooKeeperCaller {

		/** The failures. */
		@Override
		public String toString() {
			return failure(new ZooKeeperServerSetProvider()) + failure(new CuratorServerSetProvider());
		}

		private static String failure(ServerSetProvider provider) {
			try {
				provider.create(ServerSetUri.parse(provider.scheme() + "://localhost:2181/x"));
				return "no failure";
			}
			catch (IllegalArgumentException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

}
