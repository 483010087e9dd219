package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Sockets
class BlockingCallTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theValueOfTheReplyIsReturned() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(3);
		assertThat(this.fixture.protocol.calls().get(0).arguments()).containsExactly(1, 2);
	}

	@Test
	void anEmptyReplyIsEnoughForVoidAndForObjects() {
		this.fixture.protocol.answering((call) -> call.end(Reply.EMPTY));
		Sums client = this.fixture.client();
		client.ping();
		assertThat(client.boxed(1)).isNull();
	}

	@Test
	void anEmptyReplyForAPrimitiveIsABugWithAText() {
		this.fixture.protocol.answering((call) -> call.end(Reply.EMPTY));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.add(1, 2))
			.withMessageContaining("no value in the answer (expected: int)");
	}

	@Test
	void theCallerWaitsForAReplyOfAnotherThread() throws Exception {
		Sums client = this.fixture.client();
		CompletableFuture<Integer> answer = inAnotherThread(() -> client.add(1, 2));
		this.fixture.sent(0).end(Reply.of(3));
		assertThat(answer.get()).isEqualTo(3);
	}

	@Test
	void aTimeoutTellsClientMethodMemberAndTimes() {
		this.fixture.builder.methodTimeout("add", Duration.ofMillis(30));
		Sums client = this.fixture.client();
		CompletableFuture<Integer> answer = inAnotherThread(() -> client.add(1, 2));
		this.fixture.sent(0);
		this.fixture.time.advance(Duration.ofMillis(30));
		assertThat(answer).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(CallTimeoutException.class)
			.withMessage("[calculator] Sums.add: no answer within 30 ms"
					+ " (member 127.0.0.1:9090, attempts 1, elapsed 30 ms, timeout 30 ms)");
	}

	@Test
	void anExceptionForAWaitingCallerHasTheCallersStack() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(client::ping).satisfies((ex) -> {
			assertThat(ex.getStackTrace()).anyMatch((frame) -> frame.getClassName().equals(getClass().getName()));
			assertThat(ex.kind()).isEqualTo(FailureKind.REMOTE);
			assertThat(ex.client()).isEqualTo("calculator");
			assertThat(ex.method()).isEqualTo("Sums.ping");
			assertThat(ex.member()).isEqualTo("127.0.0.1:9090");
			assertThat(ex.attempts()).isEqualTo(1);
			assertThat(ex.timeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(ex.reason()).isEqualTo("overloaded");
		});
	}

	@Test
	void aDeclaredExceptionIsThrownAsACopyWithTheCallersStack() throws Exception {
		TooBigException decoded = inAnotherThread(() -> new TooBigException(7)).get();
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(decoded)));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(TooBigException.class).isThrownBy(() -> client.add(1, 2))
			.withMessage("limit 7")
			.isNotSameAs(decoded)
			.satisfies((ex) -> assertThat(ex.getStackTrace())
				.anyMatch((frame) -> frame.getMethodName().startsWith("aDeclaredException")));
	}

	@Test
	void aDeclaredExceptionWithoutCopyConstructorIsThrownItself() {
		IllegalStateException declared = new IllegalStateException("declared");
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(declared)));
		Sums client = this.fixture.client();
		assertThatIllegalStateException().isThrownBy(client::ping).isSameAs(declared);
	}

	@Test
	void anExceptionTheMethodDoesNotDeclareIsTheCauseOfARemoteOne() {
		TooBigException exception = new TooBigException(7);
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(exception)));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(client::undeclared)
			.withMessageContaining("limit 7, which the method does not declare (expected: throws ")
			.withCause(exception);
	}

	@Test
	void anInterruptEndsTheCallAndStaysVisible() {
		Sums client = this.fixture.client();
		Thread caller = Thread.currentThread();
		CompletableFuture<Void> interrupter = CompletableFuture.runAsync(() -> {
			this.fixture.sent(0);
			caller.interrupt();
		});
		assertThatExceptionOfType(CallCancelledException.class).isThrownBy(client::ping)
			.withMessageContaining("caller interrupted");
		assertThat(Thread.interrupted()).isTrue();
		interrupter.join();
		assertThat(this.fixture.sent(0).outcome()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
	}

	@Test
	void anInterruptThatComesWithTheReplyLosesNothing() throws TooBigException {
		this.fixture.protocol.answering((call) -> {
			Thread.currentThread().interrupt();
			call.end(Reply.of(3));
		});
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(3);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void aBlockingCallOnAnEventLoopIsRefusedAtOnce() {
		Sums client = this.fixture.client();
		this.fixture.onEventLoop(() -> assertThatIllegalStateException().isThrownBy(client::ping)
			.withMessageStartingWith("[calculator] ping: blocking call on scales-io")
			.withMessageContaining("expected: a method that returns CompletableFuture"));
		assertThat(this.fixture.protocol.calls()).isEmpty();
	}

	/** A client that has had no answer yet sends a call twice. */
	@Test
	void aCallNoMemberTookSaysSo() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.NOT_SENT, "draining")));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(NotSentException.class).isThrownBy(client::ping)
			.withMessageContaining("draining")
			.satisfies((ex) -> assertThat(ex.attempts()).isEqualTo(2));
	}

	@Test
	void theReplyOfALaterAttemptIsReturned() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end((this.fixture.protocol.calls().size() < 2)
				? Failure.of(FailureKind.NOT_SENT, "draining") : Reply.of(3)));
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(3);
	}

	@Test
	void manyThreadsGetTheirOwnReplies() throws Exception {
		ExecutorService replies = Executors.newFixedThreadPool(2);
		this.fixture.protocol.answering((call) -> replies.execute(() -> call.end(Reply.of(sum(call)))));
		Sums client = this.fixture.client();
		try {
			CompletableFuture<?>[] callers = new CompletableFuture<?>[8];
			for (int i = 0; i < callers.length; i++) {
				int base = i * 1000;
				callers[i] = CompletableFuture.runAsync(() -> {
					for (int n = 0; n < 500; n++) {
						assertThat(add(client, base, n)).isEqualTo(base + n);
					}
				});
			}
			CompletableFuture.allOf(callers).join();
		}
		finally {
			replies.shutdown();
		}
	}

	private static int add(Sums client, int a, int b) {
		try {
			return client.add(a, b);
		}
		catch (TooBigException ex) {
			throw new AssertionError(ex);
		}
	}

	private static int sum(Call call) {
		return ((Integer) call.arguments()[0]) + ((Integer) call.arguments()[1]);
	}

	private static <V> CompletableFuture<V> inAnotherThread(Task<V> task) {
		CompletableFuture<V> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(task.run());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.start();
		return result;
	}

	/** Something that returns or throws. */
	@FunctionalInterface
	interface Task<V> {

		V run() throws Exception;

	}

}
