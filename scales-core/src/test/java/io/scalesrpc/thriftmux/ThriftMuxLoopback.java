package io.scalesrpc.thriftmux;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.LazyTimer;

/**
 * ThriftMux connections over real sockets, without the stack above them. <em>Confined to
 * the thread of the test</em>.
 */
final class ThriftMuxLoopback implements AutoCloseable {

	static final Duration CONNECT_TIMEOUT = Duration.ofMillis(400);

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final EventLoops eventLoops = EventLoops.create("scales-test", 1);

	private final LazyTimer timer = new LazyTimer("scales-test-timer", Ticker.SYSTEM);

	private final ThriftMuxProtocol protocol = new ThriftMuxProtocol();

	private final ConnectionFactory factory;

	ThriftMuxLoopback(Map<String, String> options) {
		this.factory = this.protocol
			.connections(new ProtocolEnvironment("test", new Connector(this.eventLoops, CONNECT_TIMEOUT),
					TransportLimits.DEFAULT, new ClientMetrics(this.meters, "test", "thriftmux"), this.timer,
					Ticker.SYSTEM, Clock.systemUTC(), ScriptedRandom.of(), options));
	}

	/** Opens a connection; the future fails with the failure's reason. */
	CompletableFuture<Connection> open(int port) {
		return open(Member.of("localhost", port));
	}

	CompletableFuture<Connection> open(Member member) {
		CompletableFuture<Connection> result = new CompletableFuture<>();
		this.factory.open(member, new ConnectionFactory.Listener() {

			@Override
			public void opened(Connection connection) {
				result.complete(connection);
			}

			@Override
			public void failed(Failure failure) {
				result.completeExceptionally(new IllegalStateException(failure.reason()));
			}

		});
		return result.orTimeout(10, TimeUnit.SECONDS);
	}

	/** Makes a call of the peer service. */
	Call call(String method, Object... arguments) {
		MethodSpec spec = this.protocol.bind(PeerService.Iface.class, null)
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().equals(method))
			.map(Map.Entry<Method, ? extends MethodSpec>::getValue)
			.findFirst()
			.orElseThrow();
		return new Call(spec, arguments, Deadline.after(Duration.ofSeconds(10), Ticker.SYSTEM.nanos()),
				Context.empty());
	}

	static CompletableFuture<Outcome> outcome(Call call) {
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		call.onOutcome((ended, how) -> outcome.complete(how));
		return outcome.orTimeout(10, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.timer.close();
		this.eventLoops.close(Duration.ofSeconds(5)).toCompletableFuture().join();
	}

}
