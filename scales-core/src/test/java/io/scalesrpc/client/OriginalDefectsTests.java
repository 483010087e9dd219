package io.scalesrpc.client;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.SocketServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import io.scalesrpc.thrift.connection.RawServer;
import io.scalesrpc.thrift.connection.RawServer.Peer;
import io.scalesrpc.thrift.connection.RawServer.Request;
import io.scalesrpc.transport.EventLoops;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What was wrong with plain Thrift in the Python library that Scales for Java comes from,
 * and is not wrong here. Each test says first what the original did. Clients are whole,
 * servers are real, time is moved by hand.
 */
@Sockets
class OriginalDefectsTests {

	private static final Duration TIMEOUT = Duration.ofMillis(50);

	private final FakeTime time = new FakeTime();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientResources resources = new ClientResources(EventLoops.create("scales-io", 1), this.time,
			this.time, Executors.newCachedThreadPool((task) -> new Thread(task, "scales-callback-test")));

	/** A free-form interface. */
	interface Echo {

		String echo(String text);

		CompletableFuture<String> echoAsync(String text);

		void fire(String text);

	}

	/** Methods without a result. */
	interface Nothing {

		CompletableFuture<Void> nothing();

		CompletableFuture<String> echo(String text);

	}

	@AfterEach
	void close() {
		this.resources.close();
	}

	private <T> ClientBuilder<T> client(Class<T> type, int... ports) {
		StringBuilder uri = new StringBuilder();
		for (int port : ports) {
			uri.append(uri.isEmpty() ? "tcp://" : ",").append("127.0.0.1:").append(port);
		}
		return ScalesClients.builder(type)
			.service(PeerService.class)
			.protocol("thrift")
			.uri(uri.toString())
			.resources(this.resources)
			.meterRegistry(this.meters)
			.connectTimeout(Duration.ofMinutes(5))
			.closeGrace(Duration.ZERO);
	}

	private static PoolSettings pool(int high, int queue) {
		return new PoolSettings(1, high, queue, Duration.ofHours(1), Duration.ZERO);
	}

	private static void echo(Peer peer) throws IOException {
		while (true) {
			peer.send(peer.next().frame());
		}
	}

	private static <T> T within(CompletableFuture<T> answer) throws Exception {
		return answer.get(10, TimeUnit.SECONDS);
	}

	/**
	 * The original returned an exception object as the value of every method without a
	 * result, and of every other whose result was null.
	 */
	@Test
	void aMethodWithoutAResultReturnsNothingAndAMissingResultIsThrown() throws Exception {
		try (SocketServer server = new SocketServer((socket, number) -> serve(socket));
				ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class, server.port()).build()) {
			Nothing async = client.proxy(Nothing.class, PeerService.class);
			client.proxy().nothing();
			assertThat(within(async.nothing())).isNull();
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().echo("null"));
			assertThat(async.echo("null")).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(RemoteCallException.class);
			assertThat(client.proxy().echo("value")).isEqualTo("value");
		}
	}

	/** As a server of libthrift does. */
	private static void serve(Socket socket) throws IOException {
		PeerService.Processor<PeerService.Iface> processor = new PeerService.Processor<>(new EchoPeer() {

			@Override
			public String echo(String text) {
				return text.equals("null") ? null : text;
			}

		});
		try {
			TProtocol messages = new TBinaryProtocol(new TFramedTransport(new TSocket(socket)));
			while (true) {
				processor.process(messages, messages);
			}
		}
		catch (TException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * In the original a oneway call waited for an answer that never comes, timed out, and
	 * took its connection along.
	 */
	@Test
	void aOnewayCallEndsWhenItIsWritten() throws Exception {
		CountDownLatch came = new CountDownLatch(100);
		try (RawServer server = new RawServer((peer) -> {
			while (true) {
				peer.next();
				came.countDown();
			}
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).build()) {
			for (int i = 0; i < 100; i++) {
				client.proxy().fire("and forget");
			}
			assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/**
	 * The pool of the original took a failed connect for a success, so that the back-off
	 * never grew and every five seconds a call was sent to the dead server and lost.
	 */
	@Test
	void aFailedConnectBehindAPoolBacksOffAndCostsNoCall() throws Exception {
		try (RawServer alive = new RawServer(OriginalDefectsTests::echo);
				ClientHandle<Echo> client = client(Echo.class, FreePorts.next(), alive.port())
					.balancer(BalancerType.HEAP)
					.build()) {
			for (int second = 0; second < 300; second++) {
				assertThat(client.proxy().echo("call " + second)).isEqualTo("call " + second);
				this.time.advance(Duration.ofSeconds(1));
			}
			// Without growth it would be 3000 or, with the original's interval, 60.
			assertThat(failedConnects()).isBetween(10.0, 30.0);
		}
	}

	@Test
	void aDeadServerBehindAPoolIsDownAndCallsAreToldWhy() throws Exception {
		try (ClientHandle<Echo> client = client(Echo.class, FreePorts.next()).timeout(TIMEOUT).build()) {
			List<CompletableFuture<String>> first = calls(client.proxy(), "nobody", 20);
			Eventually.await("a member that is down",
					() -> client.view().members().get(0).problem().contains("is down: cannot connect"));
			// The first may still be on their way back from the member; these wait.
			List<CompletableFuture<String>> calls = calls(client.proxy(), "nobody", 20);
			this.time.advance(TIMEOUT);
			assertThat(first).allSatisfy((call) -> assertThat(call).failsWithin(Duration.ofSeconds(30)));
			for (CompletableFuture<String> call : calls) {
				assertThat(call).failsWithin(Duration.ofSeconds(30))
					.withThrowableThat()
					.withCauseInstanceOf(NotSentException.class)
					.withMessageContaining("is down: cannot connect");
			}
		}
	}

	private double failedConnects() {
		return this.meters.get(MeterNames.CONNECTIONS).tag("event", "failed").counter().count();
	}

	/**
	 * In the original a call could get a connection that another call's timeout had just
	 * begun to replace, and failed for two using it at once: one of fifteen calls.
	 */
	@Test
	void noCallMeetsAConnectionThatATimeoutReplaces() throws Exception {
		try (RawServer server = new RawServer(OriginalDefectsTests::answerSome);
				ClientHandle<Echo> client = client(Echo.class, server.port()).timeout(TIMEOUT)
					.pool(pool(16, 1024))
					.build()) {
			for (int round = 0; round < 60; round++) {
				List<CompletableFuture<String>> unanswered = calls(client.proxy(), "never", 4);
				List<CompletableFuture<String>> answered = calls(client.proxy(), "call " + round, 4);
				for (CompletableFuture<String> call : answered) {
					assertThat(within(call)).isEqualTo("call " + round);
				}
				this.time.advance(TIMEOUT);
				for (CompletableFuture<String> call : unanswered) {
					assertThat(call).failsWithin(Duration.ofSeconds(10))
						.withThrowableThat()
						.withCauseInstanceOf(CallTimeoutException.class);
				}
			}
			assertThat(server.accepted()).isGreaterThan(200);
		}
	}

	private static List<CompletableFuture<String>> calls(Echo client, String text, int count) {
		List<CompletableFuture<String>> calls = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			calls.add(client.echoAsync(text));
		}
		return calls;
	}

	private static void answerSome(Peer peer) throws IOException {
		while (true) {
			Request request = peer.next();
			if (!request.text().equals("never")) {
				peer.send(request.frame());
			}
		}
	}

	/**
	 * In the original the refusal of a call for which there was no place in the queue was
	 * itself an error, and the caller waited for the whole timeout.
	 */
	@Test
	void aCallBeyondTheQueueIsRefusedAtOnce() throws Exception {
		CountDownLatch came = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			peer.next();
			came.countDown();
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).pool(pool(1, 1)).build()) {
			CompletableFuture<String> working = client.proxy().echoAsync("working");
			assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<String> waiting = client.proxy().echoAsync("waiting");
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().echo("too many"))
				.withMessageContaining("calls waiting for one of 1 connections: 1 (expected: fewer than 1)");
			assertThat(working).isNotDone();
			assertThat(waiting).isNotDone();
		}
	}

	/**
	 * The original handed its connection to calls that had timed out while they waited
	 * for it, and never got it back: with one connection, every later call timed out.
	 */
	@Test
	void aPoolWhoseWaitersTimeOutWorksOnAfterwards() throws Exception {
		try (RawServer server = new RawServer(OriginalDefectsTests::answerSome);
				ClientHandle<Echo> client = client(Echo.class, server.port()).timeout(TIMEOUT)
					.pool(pool(1, 1024))
					.build()) {
			// Calls that come while the first connection opens may overtake one another:
			// one
			// that is never answered would keep it from the others.
			for (CompletableFuture<String> call : calls(client.proxy(), "answered", 3)) {
				assertThat(within(call)).isEqualTo("answered");
			}
			List<CompletableFuture<String>> unanswered = calls(client.proxy(), "never", 200);
			this.time.advance(TIMEOUT);
			for (CompletableFuture<String> call : unanswered) {
				assertThat(call).failsWithin(Duration.ofSeconds(10))
					.withThrowableThat()
					.withCauseInstanceOf(CallTimeoutException.class);
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.proxy().echo("after " + i)).isEqualTo("after " + i);
			}
			Fixture.await(() -> server.open() == 1);
		}
	}

	/**
	 * The original compared neither sequence id nor method of an answer with those of the
	 * call, so that the answer to one call could be given to another.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "sequence id", "method" })
	void anAnswerToAnotherCallIsRefusedAndEndsTheConnection(String wrong) throws Exception {
		AtomicBoolean well = new AtomicBoolean();
		CountDownLatch ended = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			if (well.compareAndSet(false, true)) {
				Request request = peer.next();
				peer.send((wrong.equals("method") ? new Request("other", request.sequence(), "wrong")
						: new Request("echo", request.sequence() + 1, "wrong"))
					.frame());
				peer.awaitEnd();
				ended.countDown();
			}
			else {
				echo(peer);
			}
		}); ClientHandle<Echo> client = client(Echo.class, server.port()).build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().echo("first"))
				.withMessageContaining(wrong);
			assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<String> second = calls(client.proxy(), "second", 1).get(0);
			Eventually.await("an answer", () -> {
				this.time.advance(Duration.ofMillis(100));
				return second.isDone();
			});
			assertThat(within(second)).isEqualTo("second");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

}
