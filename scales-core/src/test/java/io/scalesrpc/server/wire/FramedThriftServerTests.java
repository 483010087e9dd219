package io.scalesrpc.server.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.server.PeerHandler;
import io.scalesrpc.server.PeerServer;
import io.scalesrpc.server.RejectedCallException;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of libthrift call our server.
 */
@Sockets
class FramedThriftServerTests {

	private static PeerServer server() {
		return new PeerServer((builder) -> builder.protocol(ServerProtocol.THRIFT));
	}

	@Test
	void everyKindOfAnswerArrivesAsWhatItIs() throws Exception {
		try (PeerServer peer = server(); Libthrift client = new Libthrift(peer)) {
			assertThat(client.calls.echo("hello")).isEqualTo("hello");
			assertThat(client.calls.add(2, 40)).isEqualTo(42);
			client.calls.ping();
			assertThatExceptionOfType(PeerException.class).isThrownBy(() -> client.calls.fail(7, "no"))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(7));
			assertThatExceptionOfType(TApplicationException.class).isThrownBy(() -> client.calls.failUndeclared("boom"))
				.withMessageContaining("boom");
			client.calls.fire("gone");
			assertThat(client.calls.echoBytes(ByteBuffer.wrap(new byte[3_000_000])).remaining()).isEqualTo(3_000_000);
			assertThat(peer.handler.awaitEnded()).isEqualTo("gone");
			assertThat(client.calls.contexts()).isEmpty();
			assertThat(peer.stats().connections()).isEqualTo(1);
		}
	}

	@Test
	void tracesAndMetersSayWhatIsSpoken() throws Exception {
		ObservationRegistry registry = ObservationRegistry.create();
		List<Observation.Context> started = new CopyOnWriteArrayList<>();
		registry.observationConfig().observationHandler((context) -> started.add(context));
		try (PeerServer peer = new PeerServer((builder) -> builder.protocol(ServerProtocol.THRIFT)
			.observations(new ServerObservations(registry, null))); Libthrift client = new Libthrift(peer)) {
			assertThat(client.calls.add(2, 40)).isEqualTo(42);
			assertThat(started).singleElement()
				.satisfies((context) -> assertThat(context.getLowCardinalityKeyValues()).contains(
						KeyValue.of("rpc.system.name", "thrift"),
						KeyValue.of("rpc.method", PeerService.class.getName() + "/add")));
		}
	}

	@Test
	void otherEncodingsAndNamedServicesAreServed() throws Exception {
		try (PeerServer peer = new PeerServer((builder) -> builder.protocol(ServerProtocol.THRIFT)
			.encoding(ThriftEncoding.COMPACT)
			.service("other", PeerService.class, new PeerHandler())); TSocket socket = socket(peer)) {
			socket.open();
			TProtocol protocol = new TCompactProtocol(new TFramedTransport(socket));
			assertThat(new PeerService.Client(protocol).add(1, 2)).isEqualTo(3);
			assertThat(new PeerService.Client(new TMultiplexedProtocol(protocol, "other")).add(2, 2)).isEqualTo(4);
			assertThat(peer.server.methods()).contains("add", "other:add").hasSize(24);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aClientOfOursCalls(boolean pipeline) throws Exception {
		try (PeerServer peer = server();
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.name("peer")
					.protocol("thrift")
					.option("pipeline", String.valueOf(pipeline))
					.uri("tcp://localhost:" + peer.server.port())
					.timeout(Duration.ofSeconds(10))
					.build()) {
			List<CompletableFuture<Integer>> sums = new ArrayList<>();
			AsyncAdd async = client.proxy(AsyncAdd.class);
			for (int i = 0; i < 500; i++) {
				sums.add(async.add(i, i));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(sums.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(2 * i);
			}
		}
	}

	/** Requests that come in one piece are answered one after the other. */
	@Test
	void requestsThatComeTogetherAreAnsweredInOrder() throws Exception {
		try (PeerServer peer = server(); Socket socket = new Socket("localhost", peer.server.port())) {
			socket.setSoTimeout(10_000);
			ByteBuffer all = ByteBuffer.allocate(200 * 29);
			for (int i = 0; i < 200; i++) {
				all.putInt(25).putInt(0x80010001).putInt(4).put("echo".getBytes(StandardCharsets.US_ASCII)).putInt(i);
				all.put((byte) 11).putShort((short) 1).putInt(1).put((byte) 'x').put((byte) 0);
			}
			socket.getOutputStream().write(all.array(), 0, all.position());
			DataInputStream in = new DataInputStream(socket.getInputStream());
			for (int i = 0; i < 200; i++) {
				byte[] reply = new byte[in.readInt()];
				in.readFully(reply);
				assertThat(ByteBuffer.wrap(reply).getInt(0)).isEqualTo(0x80010002);
				assertThat(ByteBuffer.wrap(reply).getInt(12)).isEqualTo(i);
			}
		}
	}

	@Test
	void whatMuxWouldNackIsAnErrorAndTheConnectionGoesOn() throws Exception {
		try (PeerServer peer = new PeerServer(
				(builder) -> builder.protocol(ServerProtocol.THRIFT).maxConcurrentCalls(1));
				Libthrift first = new Libthrift(peer);
				Libthrift second = new Libthrift(peer)) {
			CompletableFuture<Integer> sleeping = CompletableFuture.supplyAsync(first::sleep);
			peer.handler.awaitSleeping();
			assertThatExceptionOfType(TApplicationException.class).isThrownBy(() -> second.calls.add(1, 2))
				.withMessage("the server has no room for the request");
			second.calls.fire("dropped");
			assertThat(peer.stats().nacks()).isPositive();
			peer.handler.letGo.countDown();
			assertThat(sleeping.get(10, TimeUnit.SECONDS)).isEqualTo(7);
			PeerServer.await("room", () -> peer.stats().active() == 0);
			assertThat(second.calls.add(1, 2)).isEqualTo(3);
		}
	}

	@Test
	void aRejectionSaysWhy() throws Exception {
		try (PeerServer peer = new PeerServer(
				(builder) -> builder.protocol(ServerProtocol.THRIFT).interceptor((call, handler) -> {
					throw RejectedCallException.nonRetryable("not for you");
				})); Libthrift client = new Libthrift(peer)) {
			assertThatExceptionOfType(TApplicationException.class).isThrownBy(() -> client.calls.add(1, 2))
				.withMessageContaining("not for you");
		}
	}

	@Test
	void aClientThatHangsUpInterruptsItsHandler() throws Exception {
		try (PeerServer peer = server()) {
			Libthrift client = new Libthrift(peer);
			CompletableFuture<Void> failed = CompletableFuture.runAsync(() -> {
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(client::sleep);
			});
			peer.handler.awaitSleeping();
			client.hangUp();
			assertThat(peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
			failed.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aServerThatClosesEndsWhatRunsAndNothingElse() throws Exception {
		PeerServer peer = server();
		try (Libthrift busy = new Libthrift(peer); Libthrift idle = new Libthrift(peer)) {
			idle.calls.ping();
			CompletableFuture<Integer> sleeping = CompletableFuture.supplyAsync(busy::sleep);
			peer.handler.awaitSleeping();
			CompletableFuture<Void> closed = peer.server.close(Duration.ofSeconds(30)).toCompletableFuture();
			PeerServer.await("the idle connection ends", idle::isEnded);
			peer.handler.letGo.countDown();
			assertThat(sleeping.get(10, TimeUnit.SECONDS)).isEqualTo(7);
			busy.hangUp();
			closed.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aLengthThatCannotBeClosesTheConnection() throws IOException {
		try (PeerServer peer = new PeerServer(
				(builder) -> builder.protocol(ServerProtocol.THRIFT).maxFrameBytes(1024))) {
			for (int length : new int[] { 0, -1, 1025, 0x80010001 }) {
				try (Socket socket = new Socket()) {
					socket.connect(new InetSocketAddress("localhost", peer.server.port()));
					socket.setSoTimeout(10_000);
					socket.getOutputStream().write(ByteBuffer.allocate(8).putInt(length).array());
					assertThat(socket.getInputStream().read()).as("%s", length).isEqualTo(-1);
				}
			}
			PeerServer.await("closed", () -> peer.stats().connections() == 0);
			assertThat(peer.stats().protocolErrors()).isEqualTo(4);
		}
	}

	@Test
	void bytesThatAreNoCallCloseTheConnection() throws IOException {
		try (PeerServer peer = server(); Socket socket = new Socket("localhost", peer.server.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(ByteBuffer.allocate(12).putInt(8).putLong(-1).array());
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void nobodyAgreesUponTlsWithPlainThrift() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> ThriftMuxServer.builder()
				.protocol(ServerProtocol.THRIFT)
				.opportunisticTls(OpportunisticTls.DESIRED)
				.service(PeerService.class, new PeerHandler())
				.build())
			.withMessage("opportunisticTls: DESIRED (expected: OFF with plain Thrift)");
	}

	private static TSocket socket(PeerServer peer) throws TTransportException {
		return new TSocket("localhost", peer.server.port(), 10_000);
	}

	/** A free-form interface. */
	public interface AsyncAdd {

		CompletableFuture<Integer> add(int left, int right);

	}

	/** A client of libthrift. <em>Confined to the thread of a call</em>. */
	private static final class Libthrift implements AutoCloseable {

		private final TSocket socket;

		private final PeerService.Client calls;

		Libthrift(PeerServer peer) throws TTransportException {
			this.socket = socket(peer);
			this.socket.open();
			this.calls = new PeerService.Client(new TBinaryProtocol(new TFramedTransport(this.socket)));
		}

		int sleep() {
			try {
				return this.calls.sleep(7);
			}
			catch (TException ex) {
				throw new IllegalStateException(ex);
			}
		}

		boolean isEnded() {
			try {
				this.calls.ping();
				return false;
			}
			catch (TTransportException ex) {
				return true;
			}
			catch (TException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void hangUp() {
			this.socket.close();
		}

		@Override
		public void close() {
			hangUp();
		}

	}

}
