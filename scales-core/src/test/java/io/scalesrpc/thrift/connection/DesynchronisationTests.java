package io.scalesrpc.thrift.connection;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.serial.SerialConnectionFactory;
import io.scalesrpc.serial.SerialContext;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.EchoLoad;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.connection.RawServer.Peer;
import io.scalesrpc.thrift.connection.RawServer.Request;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bug that Scales was born from: a connection whose answers are shifted by one, after
 * which every call gets the answer of another.
 */
class DesynchronisationTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 10_000);

	private static final int CONCURRENT = 32;

	private static final Duration TIMEOUT = Duration.ofMillis(100);

	/** Generous: the machine may be busy with something else. */
	private static final Duration LATEST = TIMEOUT.plusSeconds(3);

	/** A free-form interface. */
	interface Echo {

		CompletableFuture<String> echo(String text);

	}

	@Test
	void noReplyOfAPoolReachesAnotherCall() throws Exception {
		run(false, 1, new PoolSettings(1, 16, 1024, Duration.ofMinutes(1), Duration.ZERO), CALLS / 4);
	}

	@Test
	void noReplyOfASingleConnectionReachesAnotherCall() throws Exception {
		run(false, 2, new PoolSettings(1, 1, 1024, Duration.ofMinutes(1), Duration.ZERO), CALLS / 20);
	}

	@Test
	void noReplyOfAPipelineReachesAnotherCall() throws Exception {
		run(true, 3, PoolSettings.DEFAULT, CALLS / 20);
	}

	private static void run(boolean pipelined, long seed, PoolSettings pool, int least) throws Exception {
		EchoLoad load = new EchoLoad(LATEST);
		try (RawServer good = new RawServer((peer) -> serve(peer, null));
				RawServer bad = new RawServer((peer) -> serve(peer, new Random(seed + peer.number())));
				ClientHandle<Echo> client = ScalesClients.builder(Echo.class)
					.service(PeerService.class)
					.protocol(new ClumsyThrift(pipelined, new Random(seed)))
					.uri("tcp://127.0.0.1:" + good.port() + ",127.0.0.1:" + bad.port())
					.timeout(TIMEOUT)
					.pool(pool)
					.closeGrace(Duration.ZERO)
					.build()) {
			// Whoever gives up on a pipeline ends the calls of all others on it.
			int perCancel = (pipelined) ? 10 * CONCURRENT : 20;
			load.run(client.proxy()::echo, CALLS, CONCURRENT, perCancel, new Random(seed));
			load.assertInOrder(least);
			assertThat(bad.accepted()).isGreaterThan(2);
		}
	}

	/** Without a random number generator it behaves. */
	private static void serve(Peer peer, @Nullable Random random) throws IOException {
		Deque<Request> before = new ArrayDeque<>();
		while (true) {
			Request request = peer.next();
			misbehave(peer, request, before, (random != null) ? random.nextInt(300) : 300);
			before.addFirst(request);
			if (before.size() > 4) {
				before.removeLast();
			}
		}
	}

	private static void misbehave(Peer peer, Request request, Deque<Request> before, int choice) throws IOException {
		byte[] reply = request.frame();
		switch (choice) {
			case 0 -> peer.reset();
			case 1 -> peer.send((byte) -1, (byte) -1, (byte) -1, (byte) -1);
			case 2 -> peer.send(new Request("echo", request.sequence() - 1, "of the call before").frame());
			case 3 -> peer.send(new Request("other", request.sequence(), "of another method").frame());
			case 4 -> peer.send(Arrays.copyOf(reply, reply.length / 2));
			case 5 -> {
				peer.send(reply);
				peer.send(reply);
			}
			case 6 -> {
				for (Request earlier : before) {
					peer.send(earlier.frame());
				}
				peer.send(reply);
			}
			case 7, 8 -> {
				LockSupport.parkNanos(TIMEOUT.toNanos() + 20_000_000L);
				peer.send(reply);
			}
			case 9 -> {
				// never
			}
			case 10, 11 -> {
				for (byte one : reply) {
					peer.send(one);
				}
			}
			default -> peer.send(reply);
		}
	}

	/**
	 * Thrift with a decoder that fails now and then, by an exception or an error, before
	 * or after it has read the reply. <em>Thread-safe</em>.
	 */
	private static final class ClumsyThrift implements Protocol {

		private final ThriftProtocol thrift = new ThriftProtocol();

		private final boolean pipelined;

		private final Stumbling stumbling;

		ClumsyThrift(boolean pipelined, Random random) {
			this.pipelined = pipelined;
			this.stumbling = new Stumbling(random, 5000);
		}

		@Override
		public String name() {
			return "thrift";
		}

		@Override
		public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
			return this.thrift.bind(clientInterface, service);
		}

		@Override
		public ConnectionFactory connections(ProtocolEnvironment environment) {
			SerialConnectionFactory factory = (SerialConnectionFactory) this.thrift.connections(environment);
			SerialContext context = factory.context();
			return new SerialConnectionFactory(factory.connector(), new SerialContext(clumsy(context.codec()),
					this.pipelined, context.limits(), context.metrics(), context.timer(), context.ticker()));
		}

		private SerialCodec clumsy(SerialCodec codec) {
			return new SerialCodec() {

				@Override
				public void encode(Call call, int sequenceId, ByteBuf out) {
					ClumsyThrift.this.stumbling.perhaps();
					codec.encode(call, sequenceId, out);
				}

				@Override
				public Outcome decode(Call call, int sequenceId, ByteBuf message) {
					ClumsyThrift.this.stumbling.perhaps();
					Outcome outcome = codec.decode(call, sequenceId, message);
					ClumsyThrift.this.stumbling.perhaps();
					return outcome;
				}

				@Override
				public MessageCutter cutter() {
					return codec.cutter();
				}

			};
		}

	}

}
