package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.Told;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.member;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ZooKeeperServerSetTests {

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
	void joinsLeavesAndChangesOfDataAreFollowed() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(told.next()).containsExactly(member("a", 1), member("b", 2));
		this.zookeeper.write("member_2", node("b", 2).replace("ALIVE", "STOPPING"));
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.write("member_1", node("c", 3));
		assertThat(told.next()).containsExactly(member("c", 3));
	}

	@Test
	void onlyMembersThatAreAliveAreTold() throws Exception {
		for (String status : List.of("DEAD", "STARTING", "STOPPED", "WARNING", "UNKNOWN", "alive", "")) {
			this.zookeeper.write("member_" + status, node("a", 1).replace("ALIVE", status));
		}
		this.zookeeper.write("member_living", node("b", 2));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("b", 2));
		assertThat(told.set().status()).isEqualTo(SourceStatus.CURRENT);
	}

	@Test
	void aNameChoosesAmongTheEndpoints() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.write("member_2", node("b", 2).replace("admin", "other"));
		Told told = this.zookeeper.follow(new TwitterFormat("admin"));
		assertThat(told.next()).extracting(Member::address).containsExactly("a:1001");
		assertThat(told.set().status().badMembers()).isEqualTo(1);
	}

	@Test
	void garbageIsLeftOutAloneAndCountedUntilItIsGoneOrMended() throws Exception {
		this.zookeeper.write("member_0", "{garbage");
		this.zookeeper.write("member_1", node("a", 70000));
		this.zookeeper.write("member_3", node("a b\\n", 7));
		this.zookeeper.write("member_4", node("c", 3, ",\"weight\":-1"));
		this.zookeeper.write("member_5", "");
		this.zookeeper.write("member_6", node("d", 4, ",\"x\":\"" + "x".repeat(MemberNodes.MAX_DATA_BYTES) + "\""));
		this.zookeeper.write("other", node("x", 1));
		this.zookeeper.write("member_2", node("b", 2));
		this.zookeeper.write("member_2/below", node("y", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("b", 2));
		assertThat(told.set().status()).isEqualTo(new SourceStatus(Duration.ZERO, null, 6));
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.delete("member_0");
		assertThat(told.next()).contains(member("a", 1));
		ZooKeeperFixture.await("4 bad ones", () -> told.set().status().badMembers() == 4);
	}

	@Test
	void vectorsWeighMembersAndAreFollowed() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.write("member_2", node("b", 2, ",\"weight\":2.5"));
		this.zookeeper.write("vector_1", vector("{\"select\":\"member=member_2\",\"weight\":2.0,\"priority\":1}"));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1), member("b", 2, 5));
		this.zookeeper.write("vector_2", vector("{\"select\":\"inet=a:1\",\"weight\":3},{\"select\":\"shard=2\"}"));
		assertThat(told.next()).containsExactly(member("a", 1, 3), member("b", 2, 5));
		this.zookeeper.write("vector_2", vector("{\"select\":\"shard=1\",\"weight\":0}"));
		assertThat(told.next()).containsExactly(member("b", 2, 5));
		this.zookeeper.delete("vector_1");
		assertThat(told.next()).containsExactly(member("b", 2, 2.5));
	}

	@Test
	void aBadVectorAloneIsLeftOutAndCounted() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		this.zookeeper.write("vector_1", vector("{\"select\":\"shard=1\",\"weight\":2}"));
		this.zookeeper.write("vector_2", vector("{\"select\":\"shard=1\",\"weight\":-2}"));
		this.zookeeper.write("vector_3", "{\"vector\":7}");
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1, 2));
		assertThat(told.set().status().badMembers()).isEqualTo(2);
	}

	@Test
	void oneMemberIsToldOfSeveralWithOneAddress() throws Exception {
		this.zookeeper.write("member_1", node("::1", 1));
		this.zookeeper.write("member_2", node("::1", 1, ",\"weight\":3"));
		this.zookeeper.write("member_3", node("::1", 2));
		assertThat(this.zookeeper.follow().next()).containsExactly(member("::1", 1), member("::1", 2));
	}

	@Test
	void manyChangesAtOnceAreToldTogether() throws Exception {
		this.zookeeper.write("member_0", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).hasSize(1);
		for (int i = 1; i <= 20; i++) {
			this.zookeeper.write("member_" + i, node("a", 1 + i));
		}
		ZooKeeperFixture.await("a batch", () -> this.zookeeper.time.pendingTimeouts() > 0);
		// What is written now is seen by all who read after it.
		this.zookeeper.write("member_21", "{}");
		ZooKeeperFixture.await("the bad one", () -> told.set().status().badMembers() == 1);
		assertThat(told.next()).hasSize(21);
		assertThat(told.lists()).isEmpty();
	}

	@Test
	void aPathMayBeCreatedLaterDeletedAndMadeAnew() throws Exception {
		Told told = this.zookeeper.follow();
		told.awaitWait(Duration.ofSeconds(20));
		this.zookeeper.write("member_1", node("a", 1));
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.writer.delete().deletingChildrenIfNeeded().forPath(ZooKeeperFixture.PATH);
		told.awaitWait(Duration.ofSeconds(20));
		assertThat(told.lists()).isEmpty();
		this.zookeeper.time.advance(Duration.ofSeconds(20));
		assertThat(told.next()).isEmpty();
		this.zookeeper.write("member_1", node("b", 2));
		assertThat(told.next()).containsExactly(member("b", 2));
	}

	@Test
	void anEmptySetIsBelievedOnlyAfterItsGrace() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.delete("member_1");
		told.awaitWait(Duration.ofSeconds(20));
		this.zookeeper.time.advance(Duration.ofSeconds(19));
		assertThat(told.lists()).isEmpty();
		this.zookeeper.time.advance(Duration.ofSeconds(1));
		assertThat(told.next()).isEmpty();
	}

	@Test
	void aMemberThatComesWithinTheGraceIsAllThatIsTold() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).containsExactly(member("a", 1));
		this.zookeeper.delete("member_1");
		told.awaitWait(Duration.ofSeconds(20));
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(told.next()).containsExactly(member("b", 2));
		this.zookeeper.time.advance(Duration.ofMinutes(1));
		assertThat(told.lists()).isEmpty();
	}

	@Test
	void aClosedSetTellsNothing() throws Exception {
		this.zookeeper.write("member_1", node("a", 1));
		Told told = this.zookeeper.follow();
		assertThat(told.next()).hasSize(1);
		Told other = this.zookeeper.follow();
		assertThat(other.next()).hasSize(1);
		told.set().close();
		told.set().close();
		this.zookeeper.write("member_2", node("b", 2));
		assertThat(other.next()).hasSize(2);
		assertThat(told.lists()).isEmpty();
		assertThat(told.set().status()).isEqualTo(SourceStatus.UNKNOWN);
	}

	private static String vector(String selections) {
		return "{\"vector\":[" + selections + "]}";
	}

}
