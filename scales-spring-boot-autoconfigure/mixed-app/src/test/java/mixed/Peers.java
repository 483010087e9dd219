package mixed;

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

	private Peers() {
	}

	/** Writes the broker's address into a file, and runs until it is killed. */
	public static void main(String[] arguments) throws Exception {
		RedisServer redis = RedisServer.newRedisServer().port(19393).bind("127.0.0.1").setting("save \"\"").build();
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
			Files.writeString(written, "tcp://" + kit.bootstrapServers());
			Files.move(written, Path.of(arguments[0]));
			Thread.currentThread().join();
		}
		finally {
			redis.stop();
		}
	}

}
