package io.scalesrpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * So many calls at a time: each that ends starts the next. <em>Confined to the thread
 * that runs it</em>.
 */
final class ClosedLoop {

	private final EchoClient client;

	private final String text;

	private final List<Caller> callers = new ArrayList<>();

	private final CountDownLatch left;

	private volatile boolean over;

	private ClosedLoop(EchoClient client, String text, int concurrency) {
		this.client = client;
		this.text = text;
		this.left = new CountDownLatch(concurrency);
	}

	/**
	 * Makes calls and measures this process meanwhile.
	 * @param client makes a call
	 * @param text what it sends
	 * @param concurrency how many at a time, at least 1
	 * @param seconds how long
	 * @return {@code calls=... failed=... rate=... cpu=... bytes=... connections=...}:
	 * the rate a second, processor time in microseconds and bytes for a call
	 */
	static String run(EchoClient client, String text, int concurrency, int seconds) throws InterruptedException {
		ClosedLoop loop = new ClosedLoop(client, text, concurrency);
		ProcessCost before = ProcessCost.now();
		for (int i = 0; i < concurrency; i++) {
			loop.begin();
		}
		Thread.sleep(1000L * seconds);
		loop.over = true;
		loop.left.await();
		return loop.result(ProcessCost.now().minus(before));
	}

	private void begin() {
		Caller caller = new Caller();
		this.callers.add(caller);
		if (this.client instanceof AsyncEchoClient async) {
			caller.next(async);
		}
		else if (this.client instanceof BlockingEchoClient blocking) {
			blocking.threads().newThread(() -> caller.callAndWait(blocking)).start();
		}
	}

	private String result(ProcessCost cost) {
		long calls = this.callers.stream().mapToLong((caller) -> caller.calls).sum();
		long failed = this.callers.stream().mapToLong((caller) -> caller.failed).sum();
		return String.format("calls=%d failed=%d rate=%.0f cpu=%.2f bytes=%.0f connections=%d", calls, failed,
				calls * 1e9 / cost.nanos(), cost.cpuNanos() / 1e3 / calls, (double) cost.bytes() / calls,
				this.client.connections());
	}

	/** One of those at a time. <em>Confined to one call at a time</em>. */
	private final class Caller implements BiConsumer<@Nullable String, @Nullable Throwable> {

		private @Nullable AsyncEchoClient client;

		private long calls;

		private long failed;

		void next(AsyncEchoClient client) {
			this.client = client;
			client.echo(ClosedLoop.this.text, this);
		}

		@Override
		public void accept(@Nullable String answer, @Nullable Throwable failure) {
			ended(answer, failure);
			AsyncEchoClient next = this.client;
			if (ClosedLoop.this.over || next == null) {
				ClosedLoop.this.left.countDown();
			}
			else {
				next.echo(ClosedLoop.this.text, this);
			}
		}

		void callAndWait(BlockingEchoClient client) {
			while (!ClosedLoop.this.over) {
				try {
					ended(client.echo(ClosedLoop.this.text), null);
				}
				catch (Exception ex) {
					ended(null, ex);
				}
			}
			ClosedLoop.this.left.countDown();
		}

		private void ended(@Nullable String answer, @Nullable Throwable failure) {
			this.calls++;
			if (!ClosedLoop.this.text.equals(answer) && this.failed++ == 0) {
				System.err.println("a call failed: " + answer + ", " + failure);
			}
		}

	}

}
