package io.scalesrpc.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.testing.Stumbling;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole client against servers that break every rule, on sockets. */
class HttpDesyncTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 20_000);

	private static final int CONCURRENT = 48;

	private static final Duration TIMEOUT = Duration.ofMillis(150);

	/** Generous: the machine may be busy with something else. */
	private static final Duration LATEST = TIMEOUT.plusSeconds(3);

	@Test
	void noAnswerReachesAnotherCallHoweverServersMisbehave() throws Exception {
		Random seeds = new Random(20261121);
		long firstSeed = seeds.nextLong();
		long secondSeed = seeds.nextLong();
		Tally tally = new Tally();
		try (RawHttpServer good = new RawHttpServer((peer) -> serve(peer, null));
				RawHttpServer bad = new RawHttpServer((peer) -> serve(peer, new Random(firstSeed + peer.number())));
				RawHttpServer worse = new RawHttpServer((peer) -> serve(peer, new Random(secondSeed + peer.number())));
				ClientHandle<ScalesHttpClient> client = ScalesClients.builder(ScalesHttpClient.class)
					.protocol(new ClumsyHttp(new Stumbling(new Random(seeds.nextLong()), 5000)))
					.uri("tcp://127.0.0.1:" + good.port() + ",127.0.0.1:" + bad.port() + ",127.0.0.1:" + worse.port())
					.timeout(TIMEOUT)
					.build()) {
			call(client.proxy(), new Random(seeds.nextLong()), tally);
			assertThat(tally.swapped).isEmpty();
			assertThat(tally.late).isEmpty();
			assertThat(tally.right.get()).isGreaterThan(CALLS / 4);
			assertThat(tally.failed.get()).isGreaterThan(CALLS / 100);
			assertThat(bad.accepted() + worse.accepted()).isGreaterThan(100);
		}
	}

	private static void call(ScalesHttpClient http, Random random, Tally tally) throws InterruptedException {
		Semaphore permits = new Semaphore(CONCURRENT);
		for (int i = 0; i < CALLS; i++) {
			permits.acquire();
			String path = "/" + i;
			long start = System.nanoTime();
			CompletableFuture<ScalesHttpResponse> future = (random.nextInt(4) == 0)
					? http.postAsync(path, "text/plain", new byte[random.nextInt(3000)]) : http.getAsync(path);
			future.whenComplete((answer, ex) -> {
				tally.add(path, answer, System.nanoTime() - start);
				permits.release();
			});
			if (random.nextInt(20) == 0) {
				future.cancel(true);
			}
		}
		assertThat(permits.tryAcquire(CONCURRENT, LATEST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
	}

	/** Without a random number generator it behaves. */
	private static void serve(Peer peer, Random random) throws IOException {
		while (true) {
			String path = peer.next().line().split(" ")[1];
			misbehave(peer, path, (random != null) ? random.nextInt(200) : 200);
		}
	}

	/**
	 * What a server can do that can be told from an answer: HTTP/1.1 has nothing by which
	 * a stray answer that comes while another one is due could be told from it.
	 */
	private static void misbehave(Peer peer, String path, int choice) throws IOException {
		String right = Peer.ok(path);
		switch (choice) {
			case 0 -> peer.reset();
			case 1 -> peer.send("garbage\r\n\r\n");
			case 2 -> peer.send(right + right);
			case 3 -> peer.send(right + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nswapped");
			case 4 -> late(peer, right);
			case 5 -> peer.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(choice * 10));
			case 6 -> peer.send("HTTP/1.1 103 Early Hints\r\n\r\n" + right);
			case 7 -> peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
			case 8 -> peer.send("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(20_000));
			case 9 -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
			case 10 -> peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + path.length() + "\r\n\r\n"
					+ path + right);
			case 11 -> half(peer, right);
			case 12 -> peer.send(right + "\r\n\r\n");
			case 13, 14 -> {
				// No answer at all.
			}
			case 15 -> peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
			default -> peer.send(right);
		}
	}

	/** An answer nobody waits for any more. */
	private static void late(Peer peer, String right) throws IOException {
		LockSupport.parkNanos(TIMEOUT.plusMillis(20).toNanos());
		peer.send(right);
	}

	private static void half(Peer peer, String right) throws IOException {
		peer.send(right.substring(0, right.length() - 1));
		LockSupport.parkNanos(TIMEOUT.plusMillis(20).toNanos());
		peer.send(right.substring(right.length() - 1));
	}

	/** What became of the calls. <em>Thread-safe</em>. */
	private static final class Tally {

		private final Queue<String> swapped = new ConcurrentLinkedQueue<>();

		private final Queue<String> late = new ConcurrentLinkedQueue<>();

		private final AtomicInteger right = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		void add(String path, ScalesHttpResponse answer, long nanos) {
			if (nanos > LATEST.toNanos()) {
				this.late.add(path + ": " + Duration.ofNanos(nanos));
			}
			if (answer == null) {
				this.failed.incrementAndGet();
			}
			else if (!answer.text().equals(path)) {
				this.swapped.add(path + " got " + answer.text());
			}
			else {
				this.right.incrementAndGet();
			}
		}

	}

}
