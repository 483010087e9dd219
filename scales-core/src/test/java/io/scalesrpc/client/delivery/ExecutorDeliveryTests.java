package io.scalesrpc.client.delivery;

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

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutorDeliveryTests {

	private static final Duration LOOK = Duration.ofMillis(ExecutorDelivery.LOOK_MILLIS);

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final Deque<Runnable> handedOver = new ArrayDeque<>();

	private final Deque<Runnable> spare = new ArrayDeque<>();

	private final List<String> done = new ArrayList<>();

	private final ExecutorDelivery delivery = new ExecutorDelivery(this.handedOver::add, this.spare::add, this.time);

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
		ExecutorDelivery closing = new ExecutorDelivery(this.handedOver::add, this.spare::add, (task, delay, unit) -> {
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
	void theSpareThreadsRunCompletionsThatTheExecutorRejects() {
		ExecutorDelivery rejected = new ExecutorDelivery(ExecutorDeliveryTests::reject, this.spare::add, this.time);
		rejected.deliver(() -> this.done.add("a"));
		rejected.deliver(() -> this.done.add("b"));
		assertThat(this.done).isEmpty();
		assertThat(this.spare).hasSize(1);
		this.spare.remove().run();
		assertThat(this.done).containsExactly("a", "b");
		drain();
	}

	@Test
	void aSpareThreadHelpsWhereTheExecutorRejectsMoreThanOne() {
		Deque<Runnable> single = new ArrayDeque<>();
		ExecutorDelivery small = new ExecutorDelivery((task) -> {
			if (!single.isEmpty()) {
				reject(task);
			}
			single.add(task);
		}, this.spare::add, this.time);
		small.deliver(() -> this.done.add("a"));
		small.deliver(() -> this.done.add("b"));
		this.time.advance(LOOK.multipliedBy(2));
		this.spare.remove().run();
		assertThat(this.done).containsExactly("a", "b");
		single.remove().run();
		drain();
	}

	@Test
	void completionsRunInPlaceWhenAllThreadsHaveStopped() {
		ExecutorDelivery stopped = new ExecutorDelivery(ExecutorDeliveryTests::reject, ExecutorDeliveryTests::reject,
				this.time);
		stopped.deliver(() -> this.done.add("a"));
		stopped.deliver(() -> this.done.add("b"));
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void noCompletionFindsTheInterruptFlagOrTheRequestOfAnother() {
		this.delivery.deliver(() -> {
			Thread.currentThread().interrupt();
			InboundRequest.current(new InboundRequest(null, 1));
		});
		this.delivery
			.deliver(() -> this.done.add(Thread.currentThread().isInterrupted() + " " + InboundRequest.current()));
		this.handedOver.remove().run();
		assertThat(this.done).containsExactly("false null");
		assertThat(Thread.interrupted()).isFalse();
		drain();
	}

	@Test
	void whatTheThreadHadBeforeItKeeps() {
		InboundRequest served = new InboundRequest(null, 2);
		InboundRequest.current(served);
		Thread.currentThread().interrupt();
		deliver("a");
		this.handedOver.remove().run();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(InboundRequest.current()).isSameAs(served);
		InboundRequest.current(null);
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
	void callsAreRefusedWhileTooManyCompletionsWait() {
		for (int i = 0; i < ExecutorDelivery.MAX_WAITING - 1; i++) {
			deliver("waits");
		}
		assertThat(this.delivery.refusal()).isNull();
		deliver("the last there is room for");
		Failure refusal = this.delivery.refusal();
		assertThat(refusal).isNotNull();
		assertThat(refusal.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(refusal.reason()).isEqualTo("callbacks waiting for a thread: 16384 (expected: fewer than 16384)");
		this.handedOver.remove().run();
		assertThat(this.delivery.refusal()).isNull();
		drain();
	}

	@Test
	void noCompletionOfACallInFlightRunsInPlaceHoweverManyWait() {
		for (int i = 0; i < 2 * ExecutorDelivery.MAX_WAITING; i++) {
			deliver("waits");
		}
		assertThat(this.done).isEmpty();
		drain();
		assertThat(this.done).hasSize(2 * ExecutorDelivery.MAX_WAITING);
	}

	@Test
	void theFailureOfACallThatIsRefusedIsToldToItsCallerAtOnce() {
		this.delivery.deliverToCaller(() -> this.done.add("later"));
		for (int i = 1; i < ExecutorDelivery.MAX_WAITING; i++) {
			deliver("waits");
		}
		this.delivery.deliverToCaller(() -> this.done.add("at once"));
		assertThat(this.done).containsExactly("at once");
		drain();
	}

	@Test
	void anExecutorThatRunsInPlaceDoesNotNest() {
		ExecutorDelivery inPlace = new ExecutorDelivery(Runnable::run, this.spare::add, this.time);
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
		ExecutorDelivery busy = new ExecutorDelivery(executor, executor, new FakeTime());
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
		ExecutorDelivery single = new ExecutorDelivery(executor, executor, new FakeTime());
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

	private static void reject(Runnable task) {
		throw new RejectedExecutionException("thrown by a test");
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
