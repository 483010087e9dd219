package io.scalesrpc.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Context;
import io.scalesrpc.mux.finagle.ClientIdContext;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.mux.finagle.RetriesContext;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Sockets
class ServerCallTests {

	private final AtomicReference<ServerCall> seen = new AtomicReference<>();

	private final PeerServer peer = new PeerServer((builder) -> builder.interceptor((call, handler) -> {
		assertThat(ServerCall.current()).isSameAs(call);
		this.seen.set(call);
		handler.run();
	}));

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void aHandlerSeesWhatTheClientSent() {
		Context contexts = Context.empty()
			.with(ClientIdContext.KEY.toUpperCase(Locale.ROOT), new ClientIdContext("client-a").encode())
			.with(RetriesContext.KEY, new RetriesContext(2).encode())
			.with("unknown", new byte[] { 7 });
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write(MuxProbe.request(2, contexts, "contexts"));
			assertThat(probe.reply(2, "contexts")).isInstanceOfSatisfying(ThriftReply.Value.class,
					(reply) -> assertThat((Map<?, ?>) reply.value()).hasSize(3));
		}
		ServerCall call = this.seen.get();
		assertThat(call.method()).isEqualTo("contexts");
		assertThat(call.clientId()).isEqualTo("client-a");
		assertThat(call.retries()).isEqualTo(2);
		assertThat(call.contexts().get("Unknown")).containsExactly(7);
		assertThat(call.remaining()).isNull();
		assertThat(call.peer()).isInstanceOf(InetSocketAddress.class);
	}

	@Test
	void aCallWithoutContextsHasDefaults() {
		ServerCall call = call(Context.empty());
		assertThat(call.clientId()).isNull();
		assertThat(call.retries()).isZero();
		assertThat(call.remaining()).isNull();
		assertThat(call.destination()).isEmpty();
	}

	@Test
	void contextsThatCannotBeReadCountAsNotSent() {
		ServerCall call = call(Context.empty()
			.with(ClientIdContext.KEY, new byte[0])
			.with(RetriesContext.KEY, new byte[3])
			.with(DeadlineContext.KEY, new byte[15]));
		assertThat(call.clientId()).isNull();
		assertThat(call.retries()).isZero();
		assertThat(call.remaining()).isNull();
	}

	@Test
	void theDeadlineCountsDown() {
		ServerCall call = call(Context.empty().with(DeadlineContext.KEY, deadline(Duration.ofMinutes(10))));
		assertThat(call.remaining()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
	}

	@Test
	void aCallWhoseDeadlineHasPassedIsServedAndKnowsIt() {
		ServerCall call = call(Context.empty().with(DeadlineContext.KEY, deadline(Duration.ofMinutes(-1))));
		assertThat(call.remaining()).isBetween(Duration.ofMinutes(-2), Duration.ofMinutes(-1));
	}

	@Test
	void aDeadlineOfTheYear1677HasPassed() {
		ServerCall call = call(
				Context.empty().with(DeadlineContext.KEY, new DeadlineContext(0, Long.MIN_VALUE).encode()));
		assertThat(call.remaining()).isNegative();
	}

	@Test
	void theDestinationIsAFinaglePath() {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write(
					"0000002202000002" + "0000" + "00072f732f6563686f" + "0000" + "800100010000000470696e670000000000");
			probe.read();
		}
		assertThat(this.seen.get().destination()).isEqualTo("/s/echo");
	}

	@Test
	void thereIsNoCallOnOtherThreads() {
		assertThatIllegalStateException().isThrownBy(ServerCall::current)
			.withMessageStartingWith("call: none on thread");
	}

	private ServerCall call(Context contexts) {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write(MuxProbe.request(2, contexts, "ping"));
			assertThat(probe.reply(2, "ping")).isEqualTo(new ThriftReply.Value(null));
		}
		return this.seen.get();
	}

	private static byte[] deadline(Duration left) {
		Instant now = Instant.now();
		long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
		return DeadlineContext.in(nanos, left.toNanos()).encode();
	}

}
