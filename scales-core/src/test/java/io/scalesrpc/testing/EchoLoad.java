package io.scalesrpc.testing;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many calls of a method that must give back its own text, some of them cancelled, and
 * what became of them. <em>Thread-safe</em>.
 */
public final class EchoLoad {

	/** How long there are more calls when too few were answered. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Duration latest;

	private final Queue<String> swapped = new ConcurrentLinkedQueue<>();

	private final Queue<String> late = new ConcurrentLinkedQueue<>();

	private final AtomicInteger right = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	/**
	 * Creates a load.
	 * @param latest how long a call may take at the most
	 */
	public EchoLoad(Duration latest) {
		this.latest = latest;
	}

	/**
	 * Makes the calls and waits for their ends. On a busy machine most may be late: then
	 * there are more, until enough were answered.
	 * @param echo makes a call
	 * @param calls how many at least
	 * @param concurrent how many at a time
	 * @param perCancel how many there are to one that is cancelled
	 * @param random says which
	 */
	public void run(Function<String, CompletableFuture<String>> echo, int calls, int concurrent, int perCancel,
			Random random) throws InterruptedException {
		Semaphore permits = new Semaphore(concurrent);
		long patience = System.nanoTime() + PATIENCE.toNanos();
		for (int i = 0; i < calls || this.right.get() <= calls / 4 && System.nanoTime() < patience; i++) {
			permits.acquire();
			String text = "text " + i;
			long start = System.nanoTime();
			CompletableFuture<String> future = echo.apply(text);
			future.whenComplete((answer, ex) -> {
				add(text, answer, System.nanoTime() - start);
				permits.release();
			});
			if (random.nextInt(perCancel) == 0) {
				future.cancel(true);
			}
			else if (future.isCompletedExceptionally()) {
				// All members are down: calls would all fail at once.
				LockSupport.parkNanos(1_000_000);
			}
		}
		assertThat(permits.tryAcquire(concurrent, this.latest.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
	}

	private void add(String text, @Nullable String answer, long nanos) {
		if (nanos > this.latest.toNanos()) {
			this.late.add(text + ": " + Duration.ofNanos(nanos));
		}
		if (answer == null) {
			this.failed.incrementAndGet();
		}
		else if (!answer.equals(text)) {
			this.swapped.add(text + " got " + answer);
		}
		else {
			this.right.incrementAndGet();
		}
	}

	/**
	 * Fails if a call got the answer of another, or took too long, or too few got their
	 * own.
	 * @param calls how many there were to be
	 */
	public void assertInOrder(int calls) {
		assertThat(this.swapped).as(toString()).isEmpty();
		assertThat(this.late).as(toString()).isEmpty();
		assertThat(this.right.get()).as(toString()).isGreaterThan(calls / 4);
	}

	@Override
	public String toString() {
		return this.right + " right, " + this.failed + " failed, " + this.swapped.size() + " swapped, "
				+ this.late.size() + " late";
	}

}
