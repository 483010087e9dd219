package mixed;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import redis.embedded.RedisServer;

/**
 * What the application calls and does not have itself, for all its runs: a broker with
 * the topic it sends to, and a Redis.
 */
public final class Peers {

	private static int nextPort = 16_000 + (int) (ProcessHandle.current().pid() * 211 % 15_000);

	private Peers() {
	}

	/**
	 * Writes where they are, and ports that nobody has for four runs of the application,
	 * into a file as variables of a shell, and runs until it is killed.
	 */
	public static void main(String[] arguments) throws Exception {
		int redisPort = freePort();
		RedisServer redis = RedisServer.newRedisServer().port(redisPort).bind("127.0.0.1").setting("save \"\"").build();
		redis.start();
		TestKitNodes nodes = new TestKitNodes.Builder().setNumControllerNodes(1)
			.setNumBrokerNodes(1)
			.setCombined(true)
			.build();
		try (KafkaClusterTestKit kit = new KafkaClusterTestKit.Builder(nodes).build()) {
			kit.format();
			kit.startup();
			kit.waitForReadyBrokers();
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", kit.bootstrapServers()))) {
				admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
			}
			Path written = Path.of(arguments[0] + ".new");
			StringBuilder told = new StringBuilder();
			told.append("broker=tcp://").append(kit.bootstrapServers()).append('\n');
			told.append("redis=").append(redisPort).append('\n');
			for (int run = 1; run <= 4; run++) {
				told.append("ports%d='%d %d %d %d'%n".formatted(run, freePort(), freePort(), freePort(), freePort()));
			}
			Files.writeString(written, told);
			Files.move(written, Path.of(arguments[0]));
			Thread.currentThread().join();
		}
		finally {
			redis.stop();
		}
	}

	/** Another one each time, below those that the system gives to others by itself. */
	private static int freePort() throws IOException {
		while (true) {
			try (ServerSocket socket = new ServerSocket(nextPort++, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// Somebody else has it.
			}
		}
	}

}
