package io.scalesrpc.discovery.zookeeper;

import java.nio.charset.StandardCharsets;

import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.testing.Sockets;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;

import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.member;
import static io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class MemberNodesTests {

	private final MemberNodes nodes = new MemberNodes(ServerSetUri.parse("zk://zk1:2181/x"), new TwitterFormat(""));

	@Test
	void membersBeyondTheLimitAreLeftOutThoseThatAreThereStillChange() {
		for (int i = 0; i < MemberNodes.MAX_MEMBERS + 10; i++) {
			change("member_" + i, node("h" + i, 1));
		}
		assertThat(this.nodes.members()).hasSize(MemberNodes.MAX_MEMBERS);
		assertThat(this.nodes.bad()).isEqualTo(10);
		assertThat(change("member_0", node("new", 7))).isTrue();
		assertThat(this.nodes.members()).contains(member("new", 7));
	}

	@Test
	void theSameAgainIsNoChange() {
		assertThat(change("member_1", node("a", 1))).isTrue();
		assertThat(change("member_1", node("a", 1))).isFalse();
		assertThat(change("vector_1", "{\"vector\":[]}")).isTrue();
		assertThat(change("vector_1", "{}")).isFalse();
		assertThat(change("other", node("a", 1))).isFalse();
		assertThat(this.nodes.changed("/x", null)).isFalse();
		assertThat(this.nodes.changed("/xy/member_1", null)).isFalse();
		assertThat(this.nodes.changed("/x/member_1", null)).isTrue();
		assertThat(this.nodes.changed("/x/member_1", null)).isFalse();
		assertThat(this.nodes.bad()).isZero();
	}

	/** Every value spells out the names of all objects around it. */
	@Test
	void longNamesAroundManyValuesAreLeftOut() {
		String name = "n".repeat(30_000);
		change("member_1", node("a", 1, ",\"" + name + "\":{" + "\"a\":1,".repeat(4000) + "\"b\":1}"));
		assertThat(this.nodes.bad()).isEqualTo(1);
		assertThat(this.nodes.members()).isEmpty();
	}

	@Test
	void deepNestingAndHalfAnObjectAreLeftOut() {
		change("member_1", node("a", 1, ",\"x\":" + "[".repeat(30_000)));
		change("member_2", node("a", 1, ",\"x\":" + "{\"y\":".repeat(5_000)));
		change("member_3", node("a", 1).substring(0, 70));
		change("member_4", "[1,2]");
		assertThat(this.nodes.bad()).isEqualTo(4);
	}

	@Test
	void weightsOfAnySizeLeaveMembersUsable() {
		change("member_1", node("a", 1, ",\"weight\":1e300"));
		change("member_2", node("b", 2, ",\"weight\":\"NaN\""));
		for (int i = 0; i < 10; i++) {
			change("vector_" + i, "{\"vector\":[{\"select\":\"shard=1\",\"weight\":1e300}]}");
		}
		assertThat(this.nodes.members()).containsExactly(member("a", 1, 1e9));
		change("vector_0", "{\"vector\":[{\"select\":\"shard=1\",\"weight\":0}]}");
		assertThat(this.nodes.members()).isEmpty();
	}

	private boolean change(String name, String data) {
		return this.nodes.changed("/x/" + name,
				new ChildData("/x/" + name, new Stat(), data.getBytes(StandardCharsets.UTF_8)));
	}

}
