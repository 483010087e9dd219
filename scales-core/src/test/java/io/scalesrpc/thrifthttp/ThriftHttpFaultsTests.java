package io.scalesrpc.thrifthttp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.http.RawHttpServer.Request;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.TransportLimits;
import org.apache.thrift.protocol.TMessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of calls and connections when a server breaks a rule. */
@Sockets
class ThriftHttpFaultsTests {

	private static final int MAX_BYTES = 4096;

	private static final byte[] PAGE = "<html>Who are you?</html>".getBytes(StandardCharsets.US_ASCII);

	/** A free-form interface. */
	interface Echo {

		String echo(String text);

		CompletableFuture<String> echoAsync(String text);

		void fire(String text);

	}

	/** Answers that are Thrift's and not the reply to the call. */
	enum Wrong {

		OF_ANOTHER_CALL("sequence id"), OF_ANOTHER_METHOD("reply to method: other (expected: echo)"),
		NO_REPLY("message type"), AND_MORE("bytes after the message: 1 (expected: 0)"),
		NOTHING("echo: 0 bytes (expected: a reply)"), HALF("answer that makes no sense"),
		GARBAGE("answer that makes no sense"), LARGE("answer too large");

		private final String text;

		Wrong(String text) {
			this.text = text;
		}

		byte[] body(EchoRequest right) {
			byte[] reply = right.reply();
			return switch (this) {
				case OF_ANOTHER_CALL -> new EchoRequest("echo", right.sequence() - 1, "wrong").reply();
				case OF_ANOTHER_METHOD -> new EchoRequest("other", right.sequence(), "wrong").reply();
				case NO_REPLY -> right.reply(TMessageType.CALL);
				case AND_MORE -> Arrays.copyOf(reply, reply.length + 1);
				case NOTHING -> new byte[0];
				case HALF -> Arrays.copyOf(reply, reply.length / 2);
				case GARBAGE -> PAGE;
				case LARGE -> new EchoRequest("echo", right.sequence(), "x".repeat(MAX_BYTES)).reply();
			};
		}

	}

	@Test
	void aRequestSaysWhatItIs() throws Exception {
		Queue<String> heads = new ConcurrentLinkedQueue<>();
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				Request request = peer.next();
				heads.add(request.head());
				peer.send(EchoRequest.of(request.bytes()).answer());
			}
		});
				ClientHandle<Echo> client = client(server).option("path", "/rpc?v=1")
					.option("host", "echo.example")
					.option("attempt-header", "X-Attempt")
					.build()) {
			assertThat(client.proxy().echo("text")).isEqualTo("text");
			assertThat(heads.remove()).isEqualTo("POST /rpc?v=1 HTTP/1.1\r\nContent-Type: application/x-thrift\r\n"
					+ "Accept: application/x-thrift\r\nHost: echo.example\r\nX-Attempt: 0\r\nContent-Length: 28\r\n\r\n");
		}
	}

	@Test
	void everyCallHasItsOwnSequenceIdAcrossConnections() throws Exception {
		Queue<Integer> ids = new ConcurrentLinkedQueue<>();
		CountDownLatch both = new CountDownLatch(2);
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			EchoRequest request = EchoRequest.of(peer.next().bytes());
			ids.add(request.sequence());
			both.countDown();
			try {
				both.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			peer.send(request.answer());
			echo(peer);
		}); ClientHandle<Echo> client = client(server).build()) {
			CompletableFuture<String> one = client.proxy().echoAsync("one");
			CompletableFuture<String> two = client.proxy().echoAsync("two");
			assertThat(one.get(5, TimeUnit.SECONDS) + two.get(5, TimeUnit.SECONDS)).isEqualTo("onetwo");
			assertThat(server.accepted()).isEqualTo(2);
			assertThat(ids).doesNotHaveDuplicates().hasSize(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsNotTheReplyToTheCallEndsTheConnection(Wrong wrong) throws Exception {
		AtomicInteger requests = new AtomicInteger();
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				EchoRequest right = EchoRequest.of(peer.next().bytes());
				peer.send((requests.getAndIncrement() == 0) ? EchoRequest.answer(wrong.body(right)) : right.answer());
			}
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().echo("first"))
				.withMessageContaining(wrong.text);
			await(() -> answers(client.proxy(), "second"));
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	/** Of the calls the first stumbles where its reply is read, the second just after. */
	@Test
	void anErrorInTheDecoderEndsTheConnection() throws Exception {
		ScriptedRandom chance = ScriptedRandom.of(9, 0, 9, 9, 0, 9, 9, 9);
		try (RawHttpServer server = new RawHttpServer(ThriftHttpFaultsTests::echo);
				ClientHandle<Echo> client = client(server).protocol(new ClumsyThriftHttp(new Stumbling(chance, 10)))
					.build()) {
			await(() -> stumbles(client.proxy()));
			await(() -> stumbles(client.proxy()));
			await(() -> answers(client.proxy(), "text"));
			assertThat(server.accepted()).isEqualTo(3);
		}
	}

	/** False while the connection is being replaced. */
	private static boolean stumbles(Echo echo) {
		try {
			return echo.echo("text").isEmpty();
		}
		catch (NotSentException ex) {
			return false;
		}
		catch (InternalCallException ex) {
			assertThat(ex).hasMessageContaining("answer that makes no sense: thrown by a test")
				.hasCauseInstanceOf(StackOverflowError.class);
			return true;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "twice" })
	void bytesAfterAReplyEndTheConnection(String more) throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				EchoRequest request = EchoRequest.of(peer.next().bytes());
				peer.send(request.answer());
				peer.send((more.equals("twice")) ? request.answer() : new byte[Integer.parseInt(more)]);
			}
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThat(client.proxy().echo("first")).isEqualTo("first");
			await(() -> server.open() == 0);
			await(() -> answers(client.proxy(), "second"));
		}
	}

	/** The very answer that the next request waits for, but for its number. */
	@Test
	void anAnswerThatIsLateByOneCallReachesNobody() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			EchoRequest first = EchoRequest.of(peer.next().bytes());
			peer.send(first.answer());
			EchoRequest second = EchoRequest.of(peer.next().bytes());
			ByteArrayOutputStream both = new ByteArrayOutputStream();
			both.writeBytes(first.answer());
			both.writeBytes(second.answer());
			peer.send(both.toByteArray());
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThat(client.proxy().echo("first")).isEqualTo("first");
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().echo("second"))
				.withMessageContaining("sequence id");
			await(() -> server.open() == 0);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					200 OK        | text/html; charset=utf-8 | answer 200 of type text/html; charset=utf-8 (expected: application
					503 Busy      | text/html                | answer 503
					500 Error     | application/x-thrift     | answer 500
					429 Too Many  | text/plain               | answer 429
					404 Not Found | text/html                | answer 404
					401 Who       | text/html                | answer 401
					302 Found     | text/html                | answer 302
					202 Accepted  | application/x-thrift     | answer 202
					""")
	void anAnswerOfTheWebServerIsAFailureThatSaysSoAndCostsNothing(String status, String type, String text)
			throws Exception {
		AtomicInteger requests = new AtomicInteger();
		String page = new String(PAGE, StandardCharsets.US_ASCII);
		String answer = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + page.length()
				+ "\r\n\r\n" + page;
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				EchoRequest request = EchoRequest.of(peer.next().bytes());
				if (requests.getAndIncrement() < 2) {
					peer.send(answer);
				}
				else {
					peer.send(request.answer());
				}
			}
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().echo("first"))
				.withMessageContaining(text)
				.withCauseInstanceOf(HttpStatusException.class)
				.satisfies((ex) -> assertThat(((HttpStatusException) ex.getCause()).response().text()).isEqualTo(page));
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().fire("first"))
				.withMessageContaining(text);
			assertThat(client.proxy().echo("second")).isEqualTo("second");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-thrift; charset=utf-8", "Application/X-Thrift",
			"application/vnd.apache.thrift.binary" })
	void aReplyMayBeCalledByOtherNames(String type) throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			EchoRequest request = EchoRequest.of(peer.next().bytes());
			peer.send(EchoRequest.answer(type, request.reply()));
			byte[] reply = EchoRequest.of(peer.next().bytes()).reply();
			peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + reply.length + "\r\n\r\n");
			peer.send(reply);
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThat(client.proxy().echo("named")).isEqualTo("named");
			assertThat(client.proxy().echo("nameless")).isEqualTo("nameless");
		}
	}

	/** In the original no failure of HTTP was seen by the balancer. */
	@Test
	void aServerThatFailsIsLeftAlone() throws Exception {
		AtomicInteger failed = new AtomicInteger();
		try (RawHttpServer good = new RawHttpServer(ThriftHttpFaultsTests::echo);
				RawHttpServer bad = new RawHttpServer((peer) -> {
					while (true) {
						peer.next();
						failed.incrementAndGet();
						peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
					}
				});
				ClientHandle<Echo> client = client("tcp://127.0.0.1:" + good.port() + ",127.0.0.1:" + bad.port())
					.build()) {
			int answered = 0;
			for (int i = 0; i < 200; i++) {
				answered += client.proxy().echoAsync("text").handle((text, ex) -> (ex == null) ? 1 : 0).join();
			}
			assertThat(failed.get()).isBetween(1, 20);
			assertThat(answered).isEqualTo(200 - failed.get());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "202 Accepted", "204 No Content" })
	void aOnewayCallEndsWithItsEmptyAnswer(String status) throws Exception {
		String length = (status.startsWith("204")) ? "" : "Content-Length: 0\r\n";
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				EchoRequest request = EchoRequest.of(peer.next().bytes());
				if (request.method().equals("fire")) {
					peer.send("HTTP/1.1 " + status + "\r\n" + length + "\r\n");
				}
				else {
					peer.send(request.answer());
				}
			}
		}); ClientHandle<Echo> client = client(server).build()) {
			for (int i = 0; i < 50; i++) {
				client.proxy().fire("and forget");
				assertThat(client.proxy().echo("text " + i)).isEqualTo("text " + i);
			}
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void aOnewayCallWithoutAnAnswerTakesItsConnectionAlong() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			EchoRequest request = EchoRequest.of(peer.next().bytes());
			if (request.method().equals("fire")) {
				peer.awaitEnd();
			}
			peer.send(request.answer());
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(server).methodTimeout("fire", Duration.ofMillis(50)).build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().fire("text"));
			assertThat(client.proxy().echo("next")).isEqualTo("next");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aRequestThatIsTooLargeLeavesTheConnectionAlone() throws Exception {
		try (RawHttpServer server = new RawHttpServer(ThriftHttpFaultsTests::echo);
				ClientHandle<Echo> client = client(server).build()) {
			assertThat(client.proxy().echo("small")).isEqualTo("small");
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> client.proxy().echo("x".repeat(MAX_BYTES)))
				.withMessageContaining("message size: at least 4097 bytes (expected: at most 4096)");
			assertThat(client.proxy().echo("small")).isEqualTo("small");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	private static void echo(Peer peer) throws IOException {
		while (true) {
			peer.send(EchoRequest.of(peer.next().bytes()).answer());
		}
	}

	/** While it is being replaced the connection is down. */
	private static boolean answers(Echo echo, String text) {
		try {
			return echo.echo(text).equals(text);
		}
		catch (NotSentException ex) {
			return false;
		}
	}

	private static ClientBuilder<Echo> client(RawHttpServer server) {
		return client("tcp://127.0.0.1:" + server.port());
	}

	private static ClientBuilder<Echo> client(String uri) {
		return ScalesClients.builder(Echo.class)
			.service(PeerService.class)
			.protocol("thrift-http")
			.limits(new TransportLimits(MAX_BYTES, 100, 1 << 20, 1))
			.closeGrace(Duration.ZERO)
			.uri(uri);
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

}
