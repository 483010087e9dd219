package io.scalesrpc.discovery.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.Told;
import io.scalesrpc.testing.Sockets;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ZooKeeperAnnouncementTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final List<ZooKeeperAnnouncement> announcements = new ArrayList<>();

	private ZooKeeperFixture zookeeper;

	private Ensemble session;

	@BeforeEach
	void start() throws Exception {
		this.zookeeper = new ZooKeeperFixture();
	}

	@AfterEach
	void stop() throws Exception {
		for (ZooKeeperAnnouncement announcement : this.announcements) {
			CompletableFuture<Void> withdrawn = announcement.withdraw().toCompletableFuture();
			await("the end", () -> {
				this.zookeeper.time.advance(Duration.ZERO);
				return withdrawn.isDone();
			});
		}
		this.zookeeper.close();
	}

	@Test
	void anAnnouncedMemberIsFollowedUntilItIsWithdrawn() throws Exception {
		Told told = this.zookeeper.follow();
		Member member = new Member("10.0.0.7", 9090, 2.5, Map.of("shard", "3", Member.ZONE, "eu-1a"));
		ZooKeeperAnnouncement announcement = announce("", member);
		assertThat(told.next()).containsExactly(member);
		announce("", Member.of("::1", 9091));
		assertThat(told.next()).containsExactlyInAnyOrder(member, Member.of("::1", 9091));
		assertThat(announcement.withdraw()).succeedsWithin(LONG);
		assertThat(children()).hasSize(1);
		assertThat(announcement.withdraw()).succeedsWithin(LONG);
		assertThat(told.next()).containsExactly(Member.of("::1", 9091));
	}

	@Test
	void theNodeIsAsTwittersServerSetsWriteIt() throws Exception {
		announce("#thrift", new Member("10.0.0.7", 9090, 1, Map.of("shard", "3")));
		await("a node", () -> !children().isEmpty());
		assertThat(children()).allMatch((name) -> name.matches("member_[0-9]{19}"));
		assertThat(new String(this.zookeeper.writer.getData().forPath(ZooKeeperFixture.PATH + "/" + children().get(0)),
				StandardCharsets.UTF_8))
			.isEqualTo("{\"serviceEndpoint\":{\"host\":\"10.0.0.7\",\"port\":9090},\"additionalEndpoints\":"
					+ "{\"thrift\":{\"host\":\"10.0.0.7\",\"port\":9090}},\"status\":\"ALIVE\",\"shard\":3}");
	}

	@Test
	void anExpiredSessionIsAnnouncedAgain() throws Exception {
		Told told = this.zookeeper.follow();
		announce("", Member.of("a", 1));
		assertThat(told.next()).hasSize(1);
		long owner = owner();
		this.zookeeper.expire(this.session);
		await("another owner", () -> !children().isEmpty() && owner() != owner);
		announce("", Member.of("b", 2));
		assertThat(told.next()).extracting(Member::port).contains(2);
	}

	@Test
	void aNodeThatSomebodyDeletedIsAnnouncedAgain() throws Exception {
		announce("", Member.of("a", 1));
		await("a node", () -> !children().isEmpty());
		long before = created();
		this.zookeeper.writer.delete().deletingChildrenIfNeeded().forPath(ZooKeeperFixture.PATH);
		await("a new node", () -> !children().isEmpty() && created() != before);
	}

	@Test
	void aServerThatIsDownIsToldLater() throws Exception {
		this.zookeeper.server.stop();
		announce("", Member.of("a", 1));
		this.zookeeper.server.restart();
		this.zookeeper.awaitWriter();
		await("a node", () -> !children().isEmpty());
	}

	/** Curator told a StackOverflowError of 1025 lines. */
	@Test
	void withdrawingIsSilent() throws Exception {
		Logger root = (Logger) LoggerFactory.getLogger("org.apache");
		Logger curator = (Logger) LoggerFactory.getLogger("org.apache.curator");
		Logger client = (Logger) LoggerFactory.getLogger("org.apache.zookeeper.ClientCnxn");
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		root.addAppender(log);
		curator.setLevel(Level.WARN);
		client.setLevel(Level.ERROR);
		try {
			for (int i = 1; i <= 3; i++) {
				ZooKeeperAnnouncement announcement = announce("", Member.of("a", i));
				// Curator says so when it is closed between the making of a node and its
				// knowing.
				await("what is announced", () -> announcement.problem() == null);
				assertThat(announcement.withdraw()).succeedsWithin(LONG);
				assertThat(children()).isEmpty();
			}
		}
		finally {
			root.detachAppender(log);
			curator.setLevel(Level.OFF);
			client.setLevel(null);
		}
		assertThat(log.list).isEmpty();
	}

	@Test
	void aServerThatCannotBeAnnouncedSaysSo() throws Exception {
		this.zookeeper.writer.create()
			.creatingParentsIfNeeded()
			.withACL(List.of(new ACL(1, new Id("world", "anyone"))))
			.forPath(ZooKeeperFixture.PATH);
		Logger logger = (Logger) LoggerFactory.getLogger(ZooKeeperAnnouncement.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			ZooKeeperAnnouncement announcement = announce("", Member.of("a", 1));
			await("a connection", () -> this.session.link().isConnected());
			this.zookeeper.time.advance(ZooKeeperAnnouncement.PATIENCE);
			assertThat(announcement.problem()).startsWith("ZooKeeper has not made member_");
			assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
				.singleElement(InstanceOfAssertFactories.STRING)
				.contains("not announced within 10 s, trying on: ZooKeeper has not made member_");
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void whoIsAnnouncedHasNoProblem() throws Exception {
		ZooKeeperAnnouncement announcement = announce("", Member.of("a", 1));
		await("no problem", () -> announcement.problem() == null);
		assertThat(children()).hasSize(1);
	}

	@Test
	void withdrawingNeedsNoServer() throws Exception {
		ZooKeeperAnnouncement announcement = announce("", Member.of("a", 1));
		await("a node", () -> !children().isEmpty());
		this.zookeeper.network.cut();
		CompletableFuture<Void> withdrawn = announcement.withdraw().toCompletableFuture();
		await("the end", () -> {
			this.zookeeper.time.advance(ZooKeeperAnnouncement.MAX_DELETION);
			return withdrawn.isDone();
		});
	}

	@Test
	void whatWasWithdrawnAtOnceIsNeverAnnounced() throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(announce("", Member.of("a", 1 + i)).withdraw()).succeedsWithin(LONG);
		}
		assertThat(children()).isEmpty();
	}

	private ZooKeeperAnnouncement announce(String endpoint, Member member) {
		this.session = this.zookeeper.context.ensembles()
			.alone(this.zookeeper.uri("").authority(), ZooKeeperFixture.PATH, ZooKeeperSettings.DEFAULT);
		ZooKeeperAnnouncement announcement = new ZooKeeperAnnouncement(this.zookeeper.uri(endpoint),
				new TwitterFormat(endpoint.replace("#", "")).announcement(member), this.session,
				this.zookeeper.context);
		this.announcements.add(announcement);
		return announcement.start();
	}

	private long owner() {
		return stat().getEphemeralOwner();
	}

	private long created() {
		return stat().getCzxid();
	}

	private Stat stat() {
		try {
			Stat stat = this.zookeeper.writer.checkExists().forPath(ZooKeeperFixture.PATH + "/" + children().get(0));
			return (stat != null) ? stat : new Stat();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private List<String> children() {
		try {
			return (this.zookeeper.writer.checkExists().forPath(ZooKeeperFixture.PATH) != null)
					? this.zookeeper.writer.getChildren().forPath(ZooKeeperFixture.PATH) : List.of();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
