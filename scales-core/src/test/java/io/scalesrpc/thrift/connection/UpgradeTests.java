package io.scalesrpc.thrift.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.RawServer.Peer;
import io.scalesrpc.thrift.connection.RawServer.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of a connection that asks its server for TTwitter. */
@Sockets
class UpgradeTests {

	private static final byte[] EMPTY_HEADER = { 0 };

	/**
	 * A list of one context, as Finagle's ResponseHeader may have it, behind a list of no
	 * spans.
	 */
	private static final byte[] HEADER_WITH_CONTEXT = { 15, 0, 1, 12, 0, 0, 0, 0, 15, 0, 2, 12, 0, 0, 0, 1, 11, 0, 1, 0,
			0, 0, 1, 'k', 11, 0, 2, 0, 0, 0, 0, 0, 0 };

	/** A free-form interface. */
	interface Echo {

		String echo(String text);

	}

	@ParameterizedTest
	@EnumSource(LibthriftServer.Kind.class)
	void aServerThatDoesNotKnowTheProbeIsSpokenToPlainly(LibthriftServer.Kind kind) throws Exception {
		try (LibthriftServer server = new LibthriftServer(kind, ThriftTransport.FRAMED, ThriftEncoding.BINARY);
				ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class, server.port()).build()) {
			assertThat(client.proxy().add(1, 2)).isEqualTo(3);
			assertThatExceptionOfType(PeerException.class).isThrownBy(() -> client.proxy().fail(7, "seven"));
			client.proxy().fire("and forget");
			assertThat(server.peer.fired.poll(5, TimeUnit.SECONDS)).isEqualTo("and forget");
			assertThat(client.proxy().echo("after")).isEqualTo("after");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void theHeaderOfAnAnswerIsGonePast() throws Exception {
		try (RawServer server = new RawServer((peer) -> {
			upgrade(peer);
			peer.skip();
			peer.send(framed(HEADER_WITH_CONTEXT, answer(1, "first")));
			peer.skip();
			peer.send(framed(EMPTY_HEADER, answer(2, "second")));
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).build()) {
			assertThat(client.proxy().echo("x")).isEqualTo("first");
			assertThat(client.proxy().echo("x")).isEqualTo("second");
		}
	}

	@Test
	void anAnswerWhoseHeaderDoesNotEndClosesTheConnection() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			upgrade(peer);
			peer.skip();
			peer.send(framed(Arrays.copyOf(HEADER_WITH_CONTEXT, 8), new byte[0]));
			peer.awaitEnd();
			ended.countDown();
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().echo("x"))
				.withMessageContaining("answer that makes no sense: response header");
			assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void bytesBehindTheAnswerToTheProbeCloseTheConnection() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			byte[] reply = new Request(peer.next().method(), 0, "").frame();
			byte[] twice = Arrays.copyOf(reply, reply.length * 2);
			System.arraycopy(reply, 0, twice, reply.length, reply.length);
			peer.send(twice);
			peer.awaitEnd();
			ended.countDown();
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).build()) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> client.proxy().echo("x"));
			assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aServerThatHangsUpOnTheProbeIsDownAndToldSo() throws Exception {
		assertDown((peer) -> peer.next(), "upgrade probe: connection closed by the server");
	}

	@Test
	void anAnswerToAnotherCallIsNoAnswerToTheProbe() throws Exception {
		assertDown((peer) -> {
			peer.next();
			peer.send(new Request("__can__finagle__trace__v9__", 0, "").frame());
			peer.awaitEnd();
		}, "upgrade probe: answer that makes no sense: answer to another call");
	}

	@Test
	void aServerThatNeverAnswersTheProbeIsGivenUpWithinTheConnectTimeout() throws Exception {
		assertDown(Peer::awaitEnd, "upgrade probe: no answer within 200 ms");
	}

	private static void assertDown(RawServer.Script script, String problem) throws Exception {
		AtomicReference<String> reason = new AtomicReference<>("");
		try (RawServer server = new RawServer(script);
				ClientHandle<Echo> client = client(Echo.class, server.port()).connectTimeout(Duration.ofMillis(200))
					.timeout(Duration.ofSeconds(1))
					.build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().echo("x"))
				.satisfies((ex) -> reason.set(ex.getMessage()));
			assertThat(reason.get() + client.view().members().get(0).problem()).contains(problem);
		}
	}

	private static void upgrade(Peer peer) throws IOException {
		Request probe = peer.next();
		assertThat(probe.method()).isEqualTo("__can__finagle__trace__v3__");
		peer.send(new Request(probe.method(), probe.sequence(), "").frame());
	}

	/** The message of a frame that echoes a text. */
	private static byte[] answer(int sequence, String text) {
		byte[] frame = new Request("echo", sequence, text).frame();
		return Arrays.copyOfRange(frame, 4, frame.length);
	}

	private static byte[] framed(byte[] header, byte[] message) {
		byte[] frame = new byte[4 + header.length + message.length];
		frame[3] = (byte) (header.length + message.length);
		System.arraycopy(header, 0, frame, 4, header.length);
		System.arraycopy(message, 0, frame, 4 + header.length, message.length);
		return frame;
	}

	private static <T> ClientBuilder<T> client(Class<T> type, int port) {
		return ScalesClients.builder(type)
			.service(PeerService.class)
			.protocol("thrift")
			.option("upgrade", "true")
			.closeGrace(Duration.ZERO)
			.uri("tcp://127.0.0.1:" + port);
	}

}
