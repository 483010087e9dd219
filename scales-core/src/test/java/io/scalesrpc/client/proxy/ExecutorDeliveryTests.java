package io.scalesrpc.client.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutorDeliveryTests {

	private static final Duration LOOK = Duration.ofMillis(ExecutorDelivery.LOOK_MILLIS);

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final Deque<Runnable> handedOver = new ArrayDeque<>();

	private final List<String> done = new ArrayList<>();

	private final ExecutorDelivery delivery = new ExecutorDelivery(this.handedOver::add, this.time);

	@Test
	void whatComesTogetherIsHandedOverOnce() {
		deliver("a", "b", "c");
		assertThat(this.handedOver).hasSize(1);
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("a", "b", "c");
		this.time.advance(LOOK);
	}

	@Test
	void whatComesLaterIsHandedOverAgain() {
		deliver("a");
		this.handedOver.remove().run();
		deliver("b");
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void aClosedTimerKeepsNoCompletionBack() {
		ExecutorDelivery closing = new ExecutorDelivery(this.handedOver::add, (task, delay, unit) -> {
			throw new IllegalStateException("closed");
		});
		closing.deliver(() -> this.done.add("a"));
		closing.deliver(() -> this.done.add("b"));
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void aSingleCompletionNeedsNoTimer() {
		deliver("a");
		assertThat(this.time.pendingTimeouts()).isZero();
		this.handedOver.remove().run();
	}

	@Test
	void helpComesForWhatWaitsBehindABlockedCompletion() {
		this.delivery.deliver(() -> {
			// Runs while the first worker is held up here.
			this.time.advance(LOOK.multipliedBy(2));
			assertThat(this.handedOver).isNotEmpty();
			this.handedOver.remove().run();
			assertThat(this.done).containsExactly("b", "c");
			this.done.add("a");
		});
		deliver("b", "c");
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("b", "c", "a");
		drain();
	}

	@Test
	void helpComesForWhatArrivesWhileACompletionIsBlockedForLong() {
		this.delivery.deliver(() -> {
			this.time.advance(Duration.ofSeconds(1));
			deliver("b");
			this.time.advance(LOOK.multipliedBy(2));
			this.handedOver.remove().run();
			assertThat(this.done).containsExactly("b");
		});
		this.handedOver.remove().run();
		drain();
	}

	@Test
	void noHelpComesWhereNothingIsStuck() {
		deliver("a", "b");
		this.handedOver.remove().run();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.handedOver).isEmpty();
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCompletionThatThrowsHarmsNoOther() {
		IllegalStateException exception = new IllegalStateException("expected by the test");
		exception.setStackTrace(new StackTraceElement[0]);
		this.delivery.deliver(() -> {
			throw exception;
		});
		deliver("b");
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("b");
		drain();
	}

	@Test
	void completionsRunInPlaceWhenTheExecutorRejects() {
		ExecutorDelivery rejected = new ExecutorDelivery((task) -> {
			throw new RejectedExecutionException();
		}, this.time);
		rejected.deliver(() -> this.done.add("a"));
		rejected.deliver(() -> this.done.add("b"));
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void oneHelperAtATimeWaitsForAThreadHoweverLongNoneIsFree() {
		deliver("a", "b");
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.handedOver).hasSize(2);
		drain();
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void thereIsALimitToWhatWaitsForAThread() {
		for (int i = 0; i < ExecutorDelivery.MAX_WAITING; i++) {
			deliver("waits");
		}
		assertThat(this.done).isEmpty();
		deliver("in place");
		assertThat(this.done).containsExactly("in place");
		drain();
		assertThat(this.done).hasSize(ExecutorDelivery.MAX_WAITING + 1);
	}

	@Test
	void anExecutorThatRunsInPlaceDoesNotNest() {
		ExecutorDelivery inPlace = new ExecutorDelivery(Runnable::run, this.time);
		inPlace.deliver(() -> {
			inPlace.deliver(() -> this.done.add("inner"));
			this.done.add("outer");
		});
		assertThat(this.done).containsExactly("outer", "inner");
		drain();
	}

	@Test
	void nothingIsLostOrDoneTwiceUnderLoad() throws InterruptedException {
		int threads = 4;
		int each = 20_000;
		AtomicInteger ran = new AtomicInteger();
		CountDownLatch all = new CountDownLatch(threads * each);
		ExecutorService executor = Executors.newFixedThreadPool(3);
		// Time stands still: nothing may need help to come to its end.
		ExecutorDelivery busy = new ExecutorDelivery(executor, new FakeTime());
		for (int i = 0; i < threads; i++) {
			new Thread(() -> {
				for (int n = 0; n < each; n++) {
					busy.deliver(() -> {
						ran.incrementAndGet();
						all.countDown();
					});
				}
			}).start();
		}
		assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
		executor.shutdown();
		assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
		assertThat(ran).hasValue(threads * each);
	}

	@Test
	void aCompletionThatComesAsTheWorkerEndsIsNotLost() throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(1);
		ExecutorDelivery single = new ExecutorDelivery(executor, new FakeTime());
		AtomicInteger ran = new AtomicInteger();
		long spins = 0;
		for (int n = 1; n <= 50_000 && spins < 50_000_000; n++) {
			single.deliver(ran::incrementAndGet);
			for (spins = 0; ran.get() < n && spins < 50_000_000; spins++) {
				Thread.onSpinWait();
			}
		}
		assertThat(ran).hasValue(50_000);
		executor.shutdown();
		assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
	}

	private void deliver(String... names) {
		for (String name : names) {
			this.delivery.deliver(() -> this.done.add(name));
		}
	}

	/** Lets workers and looks come to their end. */
	private void drain() {
		while (!this.handedOver.isEmpty() || this.time.pendingTimeouts() > 0) {
			this.time.advance(LOOK);
			while (!this.handedOver.isEmpty()) {
				this.handedOver.remove().run();
			}
		}
	}

}
