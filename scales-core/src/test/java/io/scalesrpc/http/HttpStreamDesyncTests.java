package io.scalesrpc.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams among whole calls, read to their end, in part, or not at all, against servers
 * that misbehave: no part reaches another call, and nothing that broke off looks whole.
 */
@Sockets
@Tag("soak")
class HttpStreamDesyncTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 5000);

	private static final int CONCURRENT = 48;

	private static final Duration TIMEOUT = Duration.ofMillis(150);

	@Test
	void noPartOfAnAnswerReachesAnotherCall() throws Exception {
		Random seeds = new Random(20261121);
		long seed = seeds.nextLong();
		try (RawHttpServer good = new RawHttpServer((peer) -> serve(peer, null));
				RawHttpServer bad = new RawHttpServer((peer) -> serve(peer, new Random(seed + peer.number())));
				ClientHandle<ScalesHttpClient> client = client()
					.uri("tcp://127.0.0.1:" + good.port() + ",127.0.0.1:" + bad.port())
					.build()) {
			Tally tally = new Tally(HttpStreamDesyncTests::body);
			tally.call(client.proxy(), (choice) -> "/", seeds);
			assertThat(bad.accepted()).isGreaterThan(50);
		}
	}

	@Test
	void noPartOfAnAnswerReachesAnotherStream() throws Exception {
		try (Http2Server server = new Http2Server(100);
				ClientHandle<ScalesHttpClient> client = client().option("version", "2")
					.uri("tcp://127.0.0.1:" + server.port())
					.build()) {
			Tally tally = new Tally((path) -> "GET " + path + " ");
			tally.call(client.proxy(), HttpStreamDesyncTests::path, new Random(20261121));
			assertThat(server.resets.get()).isGreaterThan(10);
		}
	}

	private static String path(int choice) {
		return switch (choice) {
			case 0, 1 -> "/never/";
			case 2, 3, 4 -> "/late/";
			case 5, 6 -> "/refuse/";
			case 7, 8 -> "/reset/";
			default -> "/";
		};
	}

	private static ClientBuilder<ScalesHttpClient> client() {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("body-idle-timeout", "200ms")
			.connectTimeout(Duration.ofSeconds(5))
			.timeout(TIMEOUT);
	}

	/** What a path is answered with: some are one part, and some are many. */
	private static String body(String path) {
		return (path + ";").repeat(1 + 37 * (path.hashCode() & 0x1FF));
	}

	/** Without a random number generator it behaves. */
	private static void serve(Peer peer, Random random) throws IOException {
		while (true) {
			String path = peer.next().line().split(" ")[1];
			misbehave(peer, path, (random != null) ? random.nextInt(100) : 100);
		}
	}

	private static void misbehave(Peer peer, String path, int choice) throws IOException {
		String body = body(path);
		String half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ chunk(body.substring(0, body.length() / 2));
		String rest = chunk(body.substring(body.length() / 2)) + "0\r\n\r\n";
		switch (choice) {
			case 0 -> {
				peer.send(half);
				peer.reset();
			}
			case 1 -> peer.send(half + "zz\r\n");
			case 2 -> peer.send(half + rest + half + rest);
			case 3 -> {
				peer.send(half);
				LockSupport.parkNanos(TIMEOUT.plusMillis(100).toNanos());
				peer.send(rest);
			}
			case 4 -> peer.send(half + "1\r\n" + body.charAt(body.length() / 2) + "more\r\n0\r\n\r\n");
			case 5 -> {
				// No answer at all.
			}
			case 6 -> {
				peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + (body.length() + 1) + "\r\n\r\n" + body);
				throw new IOException("closed");
			}
			case 7 -> peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
			default -> peer.send((path.hashCode() % 3 == 0) ? Peer.ok(body) : half + rest);
		}
	}

	private static String chunk(String text) {
		return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
	}

	/** Makes calls and compares what they get. <em>Thread-safe</em>. */
	private static final class Tally {

		private final UnaryOperator<String> expected;

		private final Queue<String> swapped = new ConcurrentLinkedQueue<>();

		private final AtomicInteger whole = new AtomicInteger();

		private final AtomicInteger streamed = new AtomicInteger();

		private final Semaphore permits = new Semaphore(CONCURRENT);

		Tally(UnaryOperator<String> expected) {
			this.expected = expected;
		}

		void call(ScalesHttpClient http, IntFunction<String> prefix, Random random) throws InterruptedException {
			// On a busy machine most are late: then there are more.
			long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
			for (int i = 0; i < CALLS || few() && System.nanoTime() < patience; i++) {
				this.permits.acquire();
				String path = prefix.apply(random.nextInt(400)) + i;
				int action = random.nextInt(40);
				ScalesHttpRequest request = ScalesHttpRequest.of("GET", path);
				CompletableFuture<ScalesHttpResponse> future = http
					.exchangeAsync((action < 20) ? request : request.streamed());
				future.whenComplete((answer, ex) -> use(path, answer, action));
				if (random.nextInt(20) == 0) {
					future.cancel(true);
				}
			}
			assertThat(this.permits.tryAcquire(CONCURRENT, 30, TimeUnit.SECONDS)).isTrue();
			assertThat(this.swapped).isEmpty();
			assertThat(this.whole.get()).isGreaterThan(CALLS / 8);
			assertThat(this.streamed.get()).isGreaterThan(CALLS / 8);
		}

		private boolean few() {
			return this.whole.get() <= CALLS / 8 || this.streamed.get() <= CALLS / 8;
		}

		private void use(String path, ScalesHttpResponse answer, int action) {
			if (answer == null) {
				this.permits.release();
				return;
			}
			answer.onOver(this.permits::release);
			if (!answer.isStreamed()) {
				this.whole.incrementAndGet();
				compare(path, answer.text(), true);
			}
			else if (action > 22) {
				answer.stream().subscribe(new Reader(path, this, (action > 26) ? Long.MAX_VALUE : 1));
			}
			else if (action > 20) {
				answer.stream().close();
			}
			// And some nobody reads.
		}

		private void compare(String path, String text, boolean complete) {
			String right = this.expected.apply(path);
			if (complete ? !text.equals(right) : !right.startsWith(text)) {
				this.swapped.add(path + " got " + text.substring(0, Math.min(200, text.length())));
			}
		}

	}

	/**
	 * Reads a body to its end, or one part of it. <em>Told by one thread at a time</em>.
	 */
	private static final class Reader implements Flow.Subscriber<ByteBuffer> {

		private final String path;

		private final Tally tally;

		private final long most;

		private final StringBuilder text = new StringBuilder();

		private Flow.Subscription subscription;

		Reader(String path, Tally tally, long most) {
			this.path = path;
			this.tally = tally;
			this.most = most;
		}

		@Override
		public void onSubscribe(Flow.Subscription given) {
			this.subscription = given;
			given.request(this.most);
		}

		@Override
		public void onNext(ByteBuffer part) {
			this.text.append(StandardCharsets.UTF_8.decode(part));
			this.tally.compare(this.path, this.text.toString(), false);
			if (this.most == 1) {
				this.subscription.cancel();
			}
		}

		@Override
		public void onError(Throwable cause) {
			// Whatever it was, it does not look like the end.
		}

		@Override
		public void onComplete() {
			this.tally.streamed.incrementAndGet();
			this.tally.compare(this.path, this.text.toString(), true);
		}

	}

}
