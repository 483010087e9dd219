package io.scalesrpc.server.announcement;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.server.MuxProbe;
import io.scalesrpc.server.PeerHandler;
import io.scalesrpc.server.PeerServer;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class PresenceTests {

	private final Registry registry = new Registry();

	@Test
	void aServerAnnouncesWhereItListensOnceItDoes() {
		try (PeerServer peer = announced((builder) -> builder)) {
			assertThat(this.registry.member).isEqualTo(Member.of("127.0.0.1", peer.server.port()));
			this.registry.withdrawn.complete(null);
		}
	}

	@Test
	void anotherAddressMayBeAnnounced() {
		this.registry.withdrawn.complete(null);
		announced((builder) -> builder.announceAs("prices.example.com", 443)).close();
		assertThat(this.registry.member).isEqualTo(Member.of("prices.example.com", 443));
		Member heavy = new Member("10.0.0.7", 9090, 2.5, Map.of("shard", "3"));
		announced((builder) -> builder.announceAs(heavy)).close();
		assertThat(this.registry.member).isEqualTo(heavy);
	}

	@Test
	void whereTheServerStandsIsAnnouncedWithAnyAddress() {
		this.registry.withdrawn.complete(null);
		PeerServer peer = announced((builder) -> builder.announceZone("eu-1a"));
		peer.close();
		assertThat(this.registry.member)
			.isEqualTo(new Member("127.0.0.1", peer.server.port(), 1, Map.of(Member.ZONE, "eu-1a")));
		Member other = new Member("10.0.0.7", 9090, 2.5, Map.of("shard", "3", Member.ZONE, "eu-1b"));
		announced((builder) -> builder.announceZone("eu-1a").announceAs(other)).close();
		assertThat(this.registry.member)
			.isEqualTo(new Member("10.0.0.7", 9090, 2.5, Map.of("shard", "3", Member.ZONE, "eu-1a")));
	}

	@Test
	void aServerThatClosesServesUntilItWasWithdrawnAndTheDelayIsOver() throws Exception {
		try (PeerServer peer = announced((builder) -> builder.leaveDelay(Duration.ofMillis(100)));
				MuxProbe probe = peer.negotiated()) {
			CompletableFuture<Void> closed = peer.server.close(Duration.ofSeconds(5)).toCompletableFuture();
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			try (MuxProbe late = peer.negotiated()) {
				assertThat(late.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			}
			long start = System.nanoTime();
			this.registry.withdrawn.complete(null);
			assertThat(probe.readHex()).isEqualTo("0000000440000001");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
			probe.write("00000004c0000001");
			closed.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aRegistryThatDoesNotAnswerHoldsAServerOnlyForSeconds() {
		PeerServer peer = announced((builder) -> builder.leaveDelay(Duration.ZERO));
		assertThat(peer.server.close(Duration.ZERO)).succeedsWithin(Presence.MAX_WITHDRAWAL.plusSeconds(5));
	}

	@Test
	void aRegistryThatFailsToWithdrawDoesNotHoldAServer() {
		this.registry.withdrawn.completeExceptionally(new IllegalStateException("no"));
		PeerServer peer = announced((builder) -> builder.leaveDelay(Duration.ZERO));
		assertThat(peer.server.close(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(4));
	}

	@Test
	void aUriThatIsNotRightClosesTheServerAtItsStart() {
		ThriftMuxServer server = builder().announce("registry://refused:1").build();
		assertThatIllegalArgumentException().isThrownBy(server::start).withMessageContaining("refused");
		assertThat(server.close(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(5));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(server::start);
	}

	@Test
	void whatCannotBeAnnouncedIsSaidAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().announce("nothing"))
			.withMessageStartingWith("uri: nothing (expected: ");
		assertThatIllegalArgumentException().isThrownBy(() -> builder().announce("gopher://h:1").build())
			.withMessageStartingWith("uri: gopher://h:1 (expected: a scheme of ");
		assertThatIllegalArgumentException().isThrownBy(() -> builder().leaveDelay(Duration.ofSeconds(-1)))
			.withMessage("leaveDelay: PT-1S (expected: 0 to 1 day)");
		ThriftMuxServer server = builder().announce("tcp://h:1").build();
		assertThatIllegalArgumentException().isThrownBy(server::start)
			.withMessage("uri: tcp://h:1 (expected: a scheme in which members can be announced, such as zk://)");
	}

	private PeerServer announced(UnaryOperator<ThriftMuxServerBuilder> settings) {
		return new PeerServer((builder) -> settings
			.apply(builder.serverSetProvider(this.registry).leaveDelay(Duration.ZERO).announce("registry://here:1")));
	}

	private ThriftMuxServerBuilder builder() {
		return ThriftMuxServer.builder().service(PeerService.class, new PeerHandler()).serverSetProvider(this.registry);
	}

	/**
	 * A registry of one member. <em>Confined to the test, except what is volatile</em>.
	 */
	private static final class Registry implements ServerSetProvider, Announcement {

		private final CompletableFuture<Void> withdrawn = new CompletableFuture<>();

		private volatile @Nullable Member member;

		@Override
		public String scheme() {
			return "registry";
		}

		@Override
		public ServerSet create(ServerSetUri uri) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: nobody asks)");
		}

		@Override
		public Announcement announce(ServerSetUri uri, Member announced) {
			if (uri.authority().startsWith("refused")) {
				throw new IllegalArgumentException("uri: " + uri + " (expected: here)");
			}
			this.member = announced;
			return this;
		}

		@Override
		public CompletionStage<Void> withdraw() {
			return this.withdrawn;
		}

	}

}
