package io.scalesrpc.thriftmux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thriftmux.HostileServer.Frame;
import io.scalesrpc.thriftmux.HostileServer.Peer;
import io.scalesrpc.thriftmux.HostileServer.Request;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole client against servers that break every rule, on sockets. */
class DesyncTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 20_000);

	private static final int CONCURRENT = 64;

	private static final Duration TIMEOUT = Duration.ofMillis(150);

	/** Generous: the machine may be busy with something else. */
	private static final Duration LATEST = TIMEOUT.plusSeconds(3);

	/** A free-form interface. */
	interface Echo {

		CompletableFuture<String> echo(String text);

	}

	@Test
	void noReplyReachesAnotherCallHoweverServersMisbehave() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		Random seeds = new Random(20261121);
		long firstSeed = seeds.nextLong();
		long secondSeed = seeds.nextLong();
		Tally tally = new Tally();
		try (HostileServer good = new HostileServer((peer) -> serve(peer, null));
				HostileServer bad = new HostileServer((peer) -> serve(peer, new Random(firstSeed + peer.number())));
				HostileServer worse = new HostileServer((peer) -> serve(peer, new Random(secondSeed + peer.number())));
				ClientHandle<Echo> client = ScalesClients.builder(Echo.class)
					.service(PeerService.class)
					.protocol(new ClumsyThriftMux(new Stumbling(new Random(seeds.nextLong()), 10_000)))
					.uri("tcp://127.0.0.1:" + good.port() + ",127.0.0.1:" + bad.port() + ",127.0.0.1:" + worse.port())
					.timeout(TIMEOUT)
					.meterRegistry(meters)
					.build()) {
			call(client.proxy(), new Random(seeds.nextLong()), tally);
			assertThat(tally.swapped).isEmpty();
			assertThat(tally.late).isEmpty();
			assertThat(tally.right.get()).isGreaterThan(CALLS / 4);
			assertThat(bad.accepted() + worse.accepted()).isGreaterThan(2);
			good.stop();
			bad.stop();
			worse.stop();
			await(() -> client.view().pending() == 0);
			await(() -> meters.get(MeterNames.OWED_TAGS).gauge().value() == 0);
		}
	}

	private static void call(Echo echo, Random random, Tally tally) throws InterruptedException {
		Semaphore permits = new Semaphore(CONCURRENT);
		for (int i = 0; i < CALLS; i++) {
			permits.acquire();
			String text = "text " + i;
			long start = System.nanoTime();
			CompletableFuture<String> future = echo.echo(text);
			future.whenComplete((answer, ex) -> {
				tally.add(text, answer, System.nanoTime() - start);
				permits.release();
			});
			if (random.nextInt(20) == 0) {
				future.cancel(true);
			}
			else if (future.isCompletedExceptionally()) {
				// All members are down: calls would all fail at once.
				LockSupport.parkNanos(1_000_000);
			}
		}
		assertThat(permits.tryAcquire(CONCURRENT, LATEST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
	}

	/** Without a random number generator it behaves. */
	private static void serve(Peer peer, Random random) throws IOException {
		peer.handshake();
		Deque<Request> held = new ArrayDeque<>();
		while (true) {
			Frame frame = peer.next();
			if (frame.type() == 2) {
				Request request = frame.request();
				int choice = (random != null) ? random.nextInt(400) : 400;
				misbehave(peer, request, held, choice);
			}
		}
	}

	private static void misbehave(Peer peer, Request request, Deque<Request> held, int choice) throws IOException {
		switch (choice) {
			case 0 -> peer.raw((byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) -2);
			case 1 -> peer.raw((byte) -1, (byte) -1, (byte) -1, (byte) -1);
			case 2 -> peer.reset();
			case 3 -> peer.send(64, 7, new byte[0]);
			case 4 -> reply(peer, request.tag(), new Request(0, "ping", request.sequence(), request.text()));
			case 5 -> reply(peer, request.tag(), new Request(0, "echo", request.sequence() + 1, "swapped"));
			case 6, 7, 8 -> peer.send(-2, request.tag() | 0x800000, new byte[] { 0 });
			case 9, 10 -> reply(peer, request.tag() + 1, request);
			case 11, 12, 13 -> {
				reply(peer, request.tag(), request);
				reply(peer, request.tag(), request);
			}
			case 14, 15 -> {
				peer.send(-66, request.tag(), new byte[0]);
				peer.send(-66, request.tag(), new byte[0]);
			}
			default -> holdOrReply(peer, request, held, choice);
		}
	}

	private static void holdOrReply(Peer peer, Request request, Deque<Request> held, int choice) throws IOException {
		if (choice < 60) {
			held.add(request);
			return;
		}
		reply(peer, request.tag(), request);
		if (held.size() > 40) {
			Request late = held.removeFirst();
			reply(peer, late.tag(), late);
		}
	}

	private static void reply(Peer peer, int tag, Request request) throws IOException {
		peer.send(-2, tag, request.reply());
	}

	@Test
	void aServerThatNeverAnswersHoldsNoMoreCallsThanTheLimit() throws Exception {
		try (HostileServer silent = new HostileServer(DesyncTests::serveNobody);
				ClientHandle<Echo> client = limited(silent, new TransportLimits(65_536, 100, 1 << 20, 4096))) {
			List<CompletableFuture<String>> futures = callTimes(client.proxy(), 1000, "text");
			assertThat(count(futures, CallTimeoutException.class)).isBetween(100L, 110L);
			assertThat(count(futures, NotSentException.class)).isGreaterThan(880);
		}
	}

	@Test
	void aServerThatNeverReadsHoldsNoMoreBytesThanTheLimit() throws Exception {
		try (HostileServer deaf = new HostileServer(DesyncTests::readNothing);
				ClientHandle<Echo> client = limited(deaf, new TransportLimits(65_536, 16_384, 1 << 20, 4096))) {
			List<CompletableFuture<String>> futures = callTimes(client.proxy(), 1000, "x".repeat(60_000));
			assertThat(count(futures, NotSentException.class)).isGreaterThan(0);
			assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
		}
	}

	@Test
	void aConnectionThatOwesTooManyTagsIsReplaced() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (HostileServer silent = new HostileServer(DesyncTests::serveNobody);
				ClientHandle<Echo> client = ScalesClients.builder(Echo.class)
					.service(PeerService.class)
					.uri("tcp://127.0.0.1:" + silent.port())
					.limits(new TransportLimits(65_536, 1000, 1 << 20, 10))
					.timeout(TIMEOUT)
					.meterRegistry(meters)
					.build()) {
			callTimes(client.proxy(), 20, "text");
			await(() -> meters.get(MeterNames.OWED_TAGS).gauge().value() == 0);
			await(() -> {
				client.proxy().echo("again");
				return silent.accepted() > 1;
			});
		}
	}

	private static ClientHandle<Echo> limited(HostileServer server, TransportLimits limits) {
		return ScalesClients.builder(Echo.class)
			.service(PeerService.class)
			.uri("tcp://127.0.0.1:" + server.port())
			.limits(limits)
			.timeout(Duration.ofSeconds(2))
			.build();
	}

	private static List<CompletableFuture<String>> callTimes(Echo echo, int times, String text) {
		List<CompletableFuture<String>> futures = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			futures.add(echo.echo(text));
		}
		CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).exceptionally((ex) -> null).join();
		return futures;
	}

	private static long count(List<CompletableFuture<String>> futures, Class<? extends Throwable> type) {
		return futures.stream().filter((future) -> type.isInstance(causeOf(future))).count();
	}

	private static Throwable causeOf(CompletableFuture<String> future) {
		return future.handle((answer, ex) -> (ex instanceof CompletionException) ? ex.getCause() : ex).join();
	}

	private static void serveNobody(Peer peer) throws IOException {
		peer.handshake();
		while (true) {
			peer.next();
		}
	}

	private static void readNothing(Peer peer) throws IOException {
		peer.handshake();
		peer.untilClosed();
	}

	@Test
	void aServerThatKnowsNoTinitIsSpokenTo() throws Exception {
		try (HostileServer old = new HostileServer(DesyncTests::serveOld);
				ClientHandle<Echo> client = ScalesClients.builder(Echo.class)
					.service(PeerService.class)
					.uri("tcp://127.0.0.1:" + old.port())
					.build()) {
			assertThat(client.proxy().echo("hello").get(5, TimeUnit.SECONDS)).isEqualTo("hello");
		}
	}

	private static void serveOld(Peer peer) throws IOException {
		Frame marker = peer.read();
		peer.send(127, marker.tag(), "Unexpected mux message type 127".getBytes(StandardCharsets.UTF_8));
		while (true) {
			Frame frame = peer.next();
			reply(peer, frame.tag(), frame.request());
		}
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

	/** What became of the calls. <em>Thread-safe</em>. */
	private static final class Tally {

		private final Queue<String> swapped = new ConcurrentLinkedQueue<>();

		private final Queue<String> late = new ConcurrentLinkedQueue<>();

		private final AtomicInteger right = new AtomicInteger();

		void add(String text, String answer, long nanos) {
			if (nanos > LATEST.toNanos()) {
				this.late.add(text + ": " + Duration.ofNanos(nanos));
			}
			if (answer != null && !answer.equals(text)) {
				this.swapped.add(text + " got " + answer);
			}
			else if (answer != null) {
				this.right.incrementAndGet();
			}
		}

	}

}
