package io.scalesrpc.discovery.zookeeper;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.Told;
import io.scalesrpc.testing.Sockets;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.await;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.member;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ZooKeeperSessionTests {

	/** Permissions of ZooKeeper. */
	private static final int ALL = 31;

	private static final int READ = 1;

	private static final Pattern CONNECTIONS = Pattern.compile("Connections: (\\d+)");

	private ZooKeeperFixture zookeeper;

	@BeforeEach
	void start() throws Exception {
		this.zookeeper = new ZooKeeperFixture();
	}

	@AfterEach
	void stop() throws Exception {
		this.zookeeper.close();
	}

	@Test
	void aServerThatIsDownAtTheStartIsWaitedFor() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.server.stop();
		Told told = this.zookeeper.follow();
		assertThat(told.set().status().lastError()).isNull();
		await("a problem", () -> {
			this.zookeeper.time.advance(Link.FIRST_CONNECTION);
			return told.set().status().lastError() != null;
		});
		assertThat(told.set().status().age()).isNull();
		assertThat(told.set().status().lastError()).contains(this.zookeeper.network.address())
			.contains("not connected yet");
		assertThat(told.lists()).isEmpty();
		this.zookeeper.server.restart();
		assertThat(told.next()).containsExactly(member("a", 1));
		assertThat(told.set().status()).isEqualTo(SourceStatus.CURRENT);
	}

	@Test
	void aLossKeepsTheMembersAndTheirAgeGrows() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).hasSize(1);
		assertThat(told.set().status()).isEqualTo(SourceStatus.CURRENT);
		lose(told);
		this.zookeeper.time.advance(Duration.ofMinutes(10));
		assertThat(told.set().status().age()).isEqualTo(Duration.ofMinutes(10));
		assertThat(told.set().status().lastError()).contains("connection lost");
		assertThat(told.lists()).isEmpty();
		this.zookeeper.network.mend();
		await("the connection", () -> told.set().status().equals(SourceStatus.CURRENT));
	}

	@Test
	void whatChangesWhileTheConnectionIsLostIsAppliedAfter() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.write("member_2", node("b", 2));
		this.zookeeper.write("member_3", node("c", 3));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).hasSize(3);
		lose(told);
		this.zookeeper.delete("member_1");
		this.zookeeper.write("member_2", node("b", 22));
		this.zookeeper.delete("member_3");
		this.zookeeper.write("member_3", node("d", 4));
		this.zookeeper.write("member_4", node("e", 5));
		assertThat(told.lists()).isEmpty();
		this.zookeeper.network.mend();
		told.awaitList(member("b", 22), member("d", 4), member("e", 5));
	}

	@Test
	void aPathMadeAnewWhileTheConnectionIsLostIsReadAnew() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		lose(told);
		this.zookeeper.writer.delete().deletingChildrenIfNeeded().forPath(ZooKeeperFixture.PATH);
		this.zookeeper.write("member_2", node("b", 2));
		this.zookeeper.network.mend();
		assertThat(told.next()).containsExactly(member("b", 2));
	}

	private void lose(Told told) throws InterruptedException {
		this.zookeeper.network.cut();
		await("a loss", () -> told.set().status().lastError() != null);
	}

	@Test
	void aPathThatMayNotBeReadIsNotAnEmptyOne() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		permit(ALL & ~READ);
		Told told = this.zookeeper.follow();
		await("an error",
				() -> told.set().status().lastError() != null && told.set().status().lastError().contains("NoAuth"));
		assertThat(told.set().status().age()).isNull();
		assertThat(told.lists()).isEmpty();
		permit(ALL);
		this.zookeeper.time.advance(ZooKeeperServerSet.READ_AGAIN);
		assertThat(told.next()).containsExactly(member("a", 1));
		await("no error", () -> told.set().status().equals(SourceStatus.CURRENT));
	}

	@Test
	void aMemberThatMayNotBeReadIsMissedAndFoundWhenItMay() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.write("member_2", node("b", 2));
		permit("/member_1", ALL & ~READ);
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("b", 2));
		await("an error", () -> told.set().status().lastError() != null);
		assertThat(told.set().status().lastError()).contains("not all could be read").contains("NoAuth");
		this.zookeeper.delete("member_2");
		this.zookeeper.write("member_3", node("c", 3));
		told.awaitList(member("c", 3));
		assertThat(told.set().status().lastError()).contains("NoAuth");
		permit("/member_1", ALL);
		this.zookeeper.time.advance(ZooKeeperServerSet.READ_AGAIN);
		told.awaitList(member("a", 1), member("c", 3));
		await("no error", () -> told.set().status().equals(SourceStatus.CURRENT));
	}

	private void permit(int permissions) throws Exception {
		permit("", permissions);
	}

	private void permit(String below, int permissions) throws Exception {
		this.zookeeper.writer.setACL()
			.withACL(List.of(new ACL(permissions, new Id("world", "anyone"))))
			.forPath(ZooKeeperFixture.PATH + below);
	}

	@Test
	void aRestartLosesNoMemberAndWhatChangesAfterItIsFollowed() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.server.restart();
		this.zookeeper.awaitWriter();
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(told.next()).containsExactly(member("a", 1), member("b", 2));
	}

	@Test
	void anExpiredSessionLosesNoMemberAndWhatChangesAfterItIsFollowed() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.expire(shared());
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(told.next()).containsExactly(member("a", 1), member("b", 2));
		await("the connection", () -> told.set().status().equals(SourceStatus.CURRENT));
	}

	/** The ensemble of the sets, which this must not keep open. */
	private Ensemble shared() {
		Ensemble shared = this.zookeeper.context.join(this.zookeeper.uri(""));
		this.zookeeper.context.leave(this.zookeeper.uri(""), shared);
		return shared;
	}

	@Test
	void setsShareOneSessionWhichEndsWithTheLast() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Set<Thread> threads = Thread.getAllStackTraces().keySet();
		int before = connections();
		Told one = this.zookeeper.follow();
		Told other = this.zookeeper.follow(new TwitterFormat("admin"));
		assertThat(one.next()).hasSize(1);
		assertThat(other.next()).hasSize(1);
		assertThat(connections()).isEqualTo(before + 1);
		one.set().close();
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(other.next()).hasSize(2);
		assertThat(connections()).isEqualTo(before + 1);
		other.set().close();
		await("no session", () -> connections() == before);
		await("no thread of Curator",
				() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> !threads.contains(thread) && isOfCurator(thread)));
	}

	private static boolean isOfCurator(Thread thread) {
		return thread.getName().startsWith("Curator") || thread.getName().contains("-SendThread")
				|| thread.getName().contains("-EventThread");
	}

	/** How many connections the server counts, without the one that asks. */
	private int connections() {
		try (Socket socket = new Socket("127.0.0.1", this.zookeeper.server.getPort())) {
			socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			Matcher matcher = CONNECTIONS.matcher(answer);
			return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
