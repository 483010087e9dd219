package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Sockets
class FutureCallTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aFutureCompletesWithTheReply() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		assertThat(future).isNotDone();
		this.fixture.sent(0).end(Reply.of(3));
		assertThat(future).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(3);
	}

	@Test
	void aCompletionStageIsAFutureThatCanBeCancelled() {
		CompletableFuture<Integer> future = this.fixture.client().stage(1).toCompletableFuture();
		future.cancel(true);
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void aFutureFailsWithTheExceptionItself() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		AtomicReference<Throwable> seen = new AtomicReference<>();
		CompletableFuture<?> observed = future.whenComplete((value, ex) -> seen.set(ex));
		this.fixture.sent(0).end(Failure.of(FailureKind.REMOTE, "overloaded"));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(observed::join);
		assertThat(seen.get()).isInstanceOf(RemoteCallException.class)
			.hasMessageStartingWith("[calculator] Sums.add: overloaded (member 127.0.0.1:9090");
		assertThat(seen.get().getStackTrace()).isEmpty();
	}

	@Test
	void aFutureFailsWithADeclaredExceptionItself() {
		TooBigException exception = new TooBigException(7);
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(exception)));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(this.fixture.client().addAsync(1, 2)::join)
			.withCause(exception);
	}

	@Test
	void theDeadlineEndsAFuture() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		this.fixture.time.advance(Duration.ofSeconds(10));
		assertThat(future).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(CallTimeoutException.class);
	}

	@Test
	void aCallThatEndsWhileItIsSentIsDoneWhenTheMethodReturns() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		assertThat(this.fixture.client().addAsync(1, 2)).isCompletedWithValue(3);
	}

	@Test
	void cancellingTheFutureEndsTheCall() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		assertThat(future.cancel(false)).isTrue();
		assertThat(future).isCancelled();
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void failingTheFutureFromOutsideEndsTheCall() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		future.completeExceptionally(new IllegalStateException());
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void completingTheFutureFromOutsideEndsTheCall() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		future.complete(4);
		assertThat(future).isCompletedWithValue(4);
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void aTimeoutOfTheFutureEndsTheCall() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		future.orTimeout(1, TimeUnit.MILLISECONDS);
		assertThat(future).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TimeoutException.class);
		Fixture.await(this.fixture.sent(0)::isEnded);
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void aValueAtTheTimeoutOfTheFutureEndsTheCall() {
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		assertThat(future.completeOnTimeout(5, 1, TimeUnit.MILLISECONDS).join()).isEqualTo(5);
		Fixture.await(this.fixture.sent(0)::isEnded);
		assertCancelled(this.fixture.sent(0));
	}

	@Test
	void callbacksRunOnTheExecutorByDefault() {
		CompletableFuture<String> thread = this.fixture.client().addAsync(1, 2).thenApply((sum) -> threadName());
		Call call = this.fixture.sent(0);
		this.fixture.onEventLoop(() -> call.end(Reply.of(3)));
		assertThat(thread.join()).startsWith("scales-callback");
	}

	@Test
	void callbacksRunOnTheEventLoopIfAskedFor() {
		this.fixture.builder.callbacks(Callbacks.EVENT_LOOP);
		CompletableFuture<String> thread = this.fixture.client().addAsync(1, 2).thenApply((sum) -> threadName());
		Call call = this.fixture.sent(0);
		this.fixture.onEventLoop(() -> call.end(Reply.of(3)));
		assertThat(thread).isCompleted();
		assertThat(thread.join()).startsWith("scales-io");
	}

	@Test
	void aCallbackMayMakeABlockingCall() {
		Sums client = this.fixture.client();
		CompletableFuture<Integer> sum = client.addAsync(1, 2).thenApply((three) -> client.boxed(three));
		Call first = this.fixture.sent(0);
		this.fixture.onEventLoop(() -> first.end(Reply.of(3)));
		this.fixture.sent(1).end(Reply.of(4));
		assertThat(sum.join()).isEqualTo(4);
	}

	@Test
	void aCallbackMayWaitForAFutureThatEndedWithItsOwn() {
		Sums client = this.fixture.client();
		CompletableFuture<Integer> second = client.addAsync(3, 4);
		CompletableFuture<Integer> first = client.addAsync(1, 2).thenApply((three) -> three + second.join());
		Call callOfSecond = this.fixture.sent(0);
		Call callOfFirst = this.fixture.sent(1);
		this.fixture.onEventLoop(() -> {
			callOfFirst.end(Reply.of(3));
			callOfSecond.end(Reply.of(7));
		});
		Fixture.await(() -> {
			this.fixture.time.advance(Duration.ofMillis(5));
			return first.isDone();
		});
		assertThat(first.join()).isEqualTo(10);
	}

	@Test
	void aCallbackThatBlocksHoldsUpNoOtherFuture() {
		Sums client = this.fixture.client();
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Void> blocked = client.addAsync(1, 2).thenAccept((three) -> awaitLatch(release));
		CompletableFuture<Integer> other = client.addAsync(3, 4);
		Call call = this.fixture.sent(1);
		this.fixture.sent(0).end(Reply.of(3));
		this.fixture.onEventLoop(() -> call.end(Reply.of(7)));
		Fixture.await(() -> {
			this.fixture.time.advance(Duration.ofMillis(5));
			return other.isDone();
		});
		assertThat(blocked).isNotDone();
		release.countDown();
		assertThat(blocked).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void futuresCompleteOnOtherThreadsWhenTheExecutorRejects() {
		this.fixture.builder.callbackExecutor((task) -> {
			throw new RejectedExecutionException();
		});
		CompletableFuture<String> thread = this.fixture.client()
			.addAsync(1, 2)
			.thenApply((sum) -> Thread.currentThread().getName());
		this.fixture.sent(0).end(Reply.of(3));
		assertThat(thread).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("scales-callback-test");
	}

	@Test
	void callsAreRefusedWhileTooManyCallbacksWaitAndNobodyRunsThoseInPlace() {
		Deque<Runnable> workers = new ConcurrentLinkedDeque<>();
		Deque<Call> held = new ArrayDeque<>();
		this.fixture.builder.callbackExecutor(workers::add).filter((call, next) -> hold(call, held));
		Sums client = this.fixture.client();
		AtomicInteger ran = new AtomicInteger();
		int inFlight = 100;
		int calls = 16_384 + inFlight;
		for (int i = 0; i < calls; i++) {
			client.addAsync(1, 2).thenRun(ran::incrementAndGet);
			if (i >= inFlight) {
				held.removeLast().end(Reply.of(3));
			}
		}
		held.forEach((call) -> call.end(Reply.of(3)));
		assertThat(ran).hasValue(0);
		CompletableFuture<Integer> refused = client.addAsync(1, 2);
		assertThat(refused).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(refused::join)
			.withCauseInstanceOf(NotSentException.class)
			.havingCause()
			.withMessageContaining("callbacks waiting for a thread: " + calls + " (expected: fewer than 16384)");
		assertThat(held).hasSize(inFlight);
		workers.remove().run();
		assertThat(ran).hasValue(calls);
		assertThat(client.addAsync(1, 2)).isNotDone();
	}

	private static void hold(Call call, Deque<Call> held) {
		if (!call.isEnded()) {
			held.add(call);
		}
	}

	private static void assertCancelled(Call call) {
		assertThat(call.outcome()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
	}

	private static String threadName() {
		return Thread.currentThread().getName();
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
