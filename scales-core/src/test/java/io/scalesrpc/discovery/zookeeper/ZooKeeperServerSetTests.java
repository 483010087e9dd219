package io.scalesrpc.discovery.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.testing.FakeTime;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZooKeeperServerSetTests {

	private final BlockingQueue<List<Member>> told = new LinkedBlockingQueue<>();

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private TestingServer server;

	private CuratorFramework writer;

	private ServerSet set;

	@BeforeEach
	void start() throws Exception {
		this.server = new TestingServer(true);
		this.writer = CuratorFrameworkFactory.newClient(this.server.getConnectString(), new RetryOneTime(100));
		this.writer.start();
		this.set = new ZooKeeperServerSet(
				ServerSetUri.parse("zk://" + this.server.getConnectString() + "/services/prices"), new Ensembles(),
				this.time);
	}

	@AfterEach
	void stop() throws Exception {
		this.set.close();
		this.writer.close();
		this.server.close();
	}

	@Test
	void joinsLeavesAndChangesOfDataAreFollowed() throws Exception {
		write("member_1", node("a", 1, "ALIVE"));
		this.set.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("a", 1));
		write("member_2", node("b", 2, "ALIVE"));
		assertThat(next()).containsExactly(Member.of("a", 1), Member.of("b", 2));
		write("member_2", node("b", 2, "STOPPING"));
		assertThat(next()).containsExactly(Member.of("a", 1));
		write("member_1", node("c", 3, "ALIVE"));
		assertThat(next()).containsExactly(Member.of("c", 3));
	}

	@Test
	void garbageIsLeftOutAlone() throws Exception {
		write("member_0", "{garbage");
		write("member_1", node("a", 70000, "ALIVE"));
		write("other", node("x", 1, "ALIVE"));
		write("member_2", node("b", 2, "ALIVE"));
		this.set.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("b", 2));
	}

	@Test
	void aPathMayBeCreatedLater() throws Exception {
		this.set.watch(this.told::add);
		write("member_1", node("a", 1, "ALIVE"));
		assertThat(next()).containsExactly(Member.of("a", 1));
	}

	@Test
	void aServerThatIsDownAtTheStartIsWaitedFor() throws Exception {
		write("member_1", node("a", 1, "ALIVE"));
		this.server.stop();
		this.set.watch(this.told::add);
		assertThat(this.told).isEmpty();
		this.server.restart();
		assertThat(next()).containsExactly(Member.of("a", 1));
	}

	@Test
	void aRestartLosesNoMemberAndWhatChangesAfterItIsFollowed() throws Exception {
		write("member_1", node("a", 1, "ALIVE"));
		this.set.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("a", 1));
		this.server.restart();
		assertThat(this.writer.blockUntilConnected(15, TimeUnit.SECONDS)).isTrue();
		write("member_2", node("b", 2, "ALIVE"));
		assertThat(next()).containsExactly(Member.of("a", 1), Member.of("b", 2));
	}

	@Test
	void anEmptySetIsBelievedOnlyAfterItsGrace() throws Exception {
		write("member_1", node("a", 1, "ALIVE"));
		this.set.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("a", 1));
		this.writer.delete().forPath("/services/prices/member_1");
		while (this.time.pendingTimeouts() == 0) {
			assertThat(this.told.poll(10, TimeUnit.MILLISECONDS)).isNull();
		}
		this.time.advance(Duration.ofSeconds(19));
		assertThat(this.told).isEmpty();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(next()).isEmpty();
	}

	@Test
	void aMemberThatComesWithinTheGraceIsAllThatIsTold() throws Exception {
		write("member_1", node("a", 1, "ALIVE"));
		this.set.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("a", 1));
		this.writer.delete().forPath("/services/prices/member_1");
		write("member_2", node("b", 2, "ALIVE"));
		assertThat(next()).containsExactly(Member.of("b", 2));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.told).isEmpty();
	}

	private void write(String name, String data) throws Exception {
		this.writer.create()
			.orSetData()
			.creatingParentsIfNeeded()
			.forPath("/services/prices/" + name, data.getBytes(StandardCharsets.UTF_8));
	}

	private List<Member> next() throws InterruptedException {
		return this.told.poll(15, TimeUnit.SECONDS);
	}

	private static String node(String host, int port, String status) {
		return "{\"serviceEndpoint\":{\"host\":\"" + host + "\",\"port\":" + port
				+ "},\"additionalEndpoints\":{},\"status\":\"" + status + "\",\"shard\":null}";
	}

}
