package io.scalesrpc.benchmark.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Calls at random times (a Poisson process), whether earlier ones have ended or not. A
 * call's latency begins when it was to be sent, so that neither a client nor a load that
 * is late looks good: that is what corrects coordinated omission. <em>Confined to the
 * thread that runs it</em>.
 */
final class OpenLoop {

	private static final int SEED = 42;

	private final String text;

	/**
	 * When each call is to be sent, in nanoseconds from the start; then how long it took.
	 */
	private final long[] times;

	private final CountDownLatch left;

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger tickets = new AtomicInteger();

	private long start;

	private OpenLoop(String text, int calls, double rate) {
		this.text = text;
		this.times = new long[calls];
		this.left = new CountDownLatch(calls);
		SplittableRandom random = new SplittableRandom(SEED);
		double offset = 0;
		for (int i = 0; i < calls; i++) {
			offset -= Math.log(1 - random.nextDouble()) * 1e9 / rate;
			this.times[i] = (long) offset;
		}
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param client makes a call
	 * @param text what it sends
	 * @param concurrency how many threads share the calls of a client whose callers wait
	 * @param seconds how long
	 * @param rate calls a second
	 * @return {@code calls=... failed=... p50=... p99=... p999=...}: in microseconds
	 */
	static String run(EchoClient client, String text, int concurrency, int seconds, double rate)
			throws InterruptedException {
		OpenLoop loop = new OpenLoop(text, (int) (rate * seconds), rate);
		loop.start = System.nanoTime();
		if (client instanceof AsyncEchoClient async) {
			loop.send(async);
		}
		else if (client instanceof BlockingEchoClient blocking) {
			for (int i = 0; i < concurrency; i++) {
				blocking.threads().newThread(() -> loop.callAndWait(blocking)).start();
			}
		}
		loop.left.await();
		return loop.result();
	}

	private void send(AsyncEchoClient client) {
		for (int i = 0; i < this.times.length; i++) {
			int call = i;
			await(call);
			client.echo(this.text, (answer, failure) -> ended(call, answer));
		}
	}

	private void callAndWait(BlockingEchoClient client) {
		for (int call = this.tickets.getAndIncrement(); call < this.times.length; call = this.tickets
			.getAndIncrement()) {
			await(call);
			try {
				ended(call, client.echo(this.text));
			}
			catch (Exception ex) {
				ended(call, null);
			}
		}
	}

	private void await(int call) {
		long due = this.start + this.times[call];
		for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
			LockSupport.parkNanos(wait);
		}
	}

	private void ended(int call, @Nullable String answer) {
		if (!this.text.equals(answer)) {
			this.failed.incrementAndGet();
		}
		this.times[call] = System.nanoTime() - this.start - this.times[call];
		this.left.countDown();
	}

	private String result() {
		Arrays.sort(this.times);
		return String.format("calls=%d failed=%d p50=%.0f p99=%.0f p999=%.0f", this.times.length, this.failed.get(),
				percentile(0.5), percentile(0.99), percentile(0.999));
	}

	private double percentile(double share) {
		return this.times[(int) (share * (this.times.length - 1))] / 1e3;
	}

}
