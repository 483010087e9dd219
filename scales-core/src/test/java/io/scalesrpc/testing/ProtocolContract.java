package io.scalesrpc.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.UnrulyServer.Manner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What every protocol promises of a call, shown by the whole client against one server
 * that can be told to misbehave: a call ends once and by its deadline, a caller that
 * gives up is let go, and closing gives everything back. A protocol joins by a subclass
 * that says how its server is started and how it is called. <em>Confined to the thread
 * that runs the tests.</em>
 *
 * @param <T> the interface of the client
 */
public abstract class ProtocolContract<T> {

	/** Of calls that are to be answered, however busy the machine is. */
	protected static final Duration LONG = Duration.ofSeconds(10);

	/** Of calls that are not. */
	private static final Duration SHORT = Duration.ofMillis(200);

	/** How much later a call may end on a busy machine. */
	private static final Duration TOLERANCE = Duration.ofSeconds(3);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<ClientHandle<T>> clients = new ArrayList<>();

	private @Nullable UnrulyServer started;

	/**
	 * Starts the server, which answers every request at first.
	 * @return the server, closed by the contract
	 */
	protected abstract UnrulyServer start() throws Exception;

	/**
	 * Begins to build a client.
	 * @param uri where the server listens
	 * @return a builder that lacks nothing; the contract sets the timeout, the grace of
	 * closing and the meters
	 */
	protected abstract ClientBuilder<T> client(String uri);

	/**
	 * Makes a call.
	 * @param client the proxy
	 * @param text what the server gets to see
	 * @return the answer to come
	 */
	protected abstract CompletableFuture<?> callAsync(T client, String text);

	/**
	 * Makes a call and waits for it on this thread.
	 * @param client the proxy
	 * @param text what the server gets to see
	 * @return the answer
	 */
	protected abstract @Nullable Object call(T client, String text) throws Exception;

	/**
	 * Has a client do what its first call would have to wait for, if that takes long.
	 * @param client a client that nobody has called yet
	 */
	protected void prepare(ClientHandle<T> client) {
	}

	/**
	 * What a call is answered with, as far as it can be told.
	 * @param text what the call said
	 * @return the text, unless a protocol says something else
	 */
	protected Object answerTo(String text) {
		return text;
	}

	/**
	 * What is compared with it.
	 * @param answer what a call returned
	 * @return the same, unless a protocol takes a part of it
	 */
	protected @Nullable Object seen(@Nullable Object answer) {
		return answer;
	}

	@BeforeEach
	void startServer() throws Exception {
		this.started = start();
	}

	@AfterEach
	void closeAll() throws Exception {
		this.clients.forEach((client) -> client.close(Duration.ZERO).toCompletableFuture().join());
		server().close();
	}

	/**
	 * The server of this test.
	 * @return what {@link #start()} has started
	 */
	protected final UnrulyServer server() {
		assertThat(this.started).isNotNull();
		return this.started;
	}

	/**
	 * A client of the server, closed by the contract.
	 * @param timeout the timeout of its calls
	 * @return the client
	 */
	protected final ClientHandle<T> client(Duration timeout) {
		ClientHandle<T> client = client(server().uri()).timeout(timeout)
			.closeGrace(Duration.ZERO)
			.meterRegistry(this.meters)
			.build();
		this.clients.add(client);
		return client;
	}

	/** How many of the caller's calls have ended in some way, as the meters have it. */
	private long ended(@Nullable FailureKind kind) {
		return this.meters.find(MeterNames.REQUESTS)
			.timers()
			.stream()
			.filter((timer) -> kind == null || kind.name().equalsIgnoreCase(timer.getId().getTag("kind")))
			.mapToLong(Timer::count)
			.sum();
	}

	/**
	 * How many connections of clients have ended, as the clients see it.
	 * @return zero or more
	 */
	protected final double endedConnections() {
		Counter counter = this.meters.find(MeterNames.CONNECTIONS).tag("event", "closed").counter();
		return (counter != null) ? counter.count() : 0;
	}

	@Test
	void everyCallGetsItsOwnAnswer() throws Exception {
		T proxy = client(LONG).proxy();
		List<CompletableFuture<?>> calls = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			calls.add(callAsync(proxy, "text " + i));
		}
		for (int i = 0; i < 50; i++) {
			assertThat(seen(calls.get(i).get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(answerTo("text " + i));
		}
		assertThat(seen(call(proxy, "one more"))).isEqualTo(answerTo("one more"));
		Eventually.await("51 ended calls", () -> ended(null) == 51);
	}

	@Test
	void aCallWithoutAnAnswerEndsOnceByItsDeadline() {
		server().treat(Manner.SILENCE);
		ClientHandle<T> client = client(SHORT);
		prepare(client);
		long start = System.nanoTime();
		Throwable thrown = catchThrowable(() -> call(client.proxy(), "never"));
		assertThat(thrown).isInstanceOf(CallTimeoutException.class);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(TOLERANCE));
		Eventually.await("no pending call", () -> client.view().pending() == 0);
		server().treat(Manner.ANSWER);
		assertThat(ended(FailureKind.TIMEOUT)).isEqualTo(1);
		assertThat(ended(null)).isEqualTo(1);
	}

	@Test
	void aServerThatAnswersAgainIsCalledAgain() throws Exception {
		T proxy = client(LONG).proxy();
		assertThat(seen(call(proxy, "before"))).isEqualTo(answerTo("before"));
		server().treat(Manner.SILENCE);
		int requests = server().requests();
		CompletableFuture<?> silent = callAsync(proxy, "silent");
		Eventually.await("the request", () -> server().requests() > requests);
		silent.cancel(true);
		server().treat(Manner.ANSWER);
		assertThat(seen(call(proxy, "after"))).isEqualTo(answerTo("after"));
	}

	@Test
	void aCancelledCallEndsAtOnceAndCostsNoOtherCall() throws Exception {
		server().treat(Manner.SILENCE);
		ClientHandle<T> client = client(LONG);
		CompletableFuture<?> given = callAsync(client.proxy(), "given up");
		Eventually.await("the request", () -> server().requests() == 1);
		assertThat(given.cancel(true)).isTrue();
		Eventually.await("no pending call", () -> client.view().pending() == 0);
		assertThat(ended(FailureKind.CANCELLED)).isEqualTo(1);
		server().treat(Manner.ANSWER);
		assertThat(seen(call(client.proxy(), "next"))).isEqualTo(answerTo("next"));
		assertThat(ended(null)).isEqualTo(2);
	}

	@Test
	void anInterruptedCallerIsLetGoAndStaysInterrupted() throws Exception {
		server().treat(Manner.SILENCE);
		ClientHandle<T> client = client(LONG);
		AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			thrown.set(catchThrowable(() -> call(client.proxy(), "interrupted")));
			interrupted.set(Thread.currentThread().isInterrupted());
		}, "interrupted-caller");
		caller.start();
		Eventually.await("the request", () -> server().requests() == 1);
		caller.interrupt();
		caller.join(TOLERANCE.toMillis());
		assertThat(caller.isAlive()).isFalse();
		assertThat(thrown.get()).isInstanceOf(CallCancelledException.class);
		assertThat(interrupted).isTrue();
		Eventually.await("no pending call", () -> client.view().pending() == 0);
		server().treat(Manner.ANSWER);
		assertThat(seen(call(client.proxy(), "next"))).isEqualTo(answerTo("next"));
	}

	@Test
	void closingEndsWhatIsInFlightGivesEverythingBackAndRefusesLaterCalls() throws Exception {
		ClientHandle<T> client = client(LONG);
		assertThat(seen(call(client.proxy(), "before"))).isEqualTo(answerTo("before"));
		server().treat(Manner.SILENCE);
		CompletableFuture<?> flying = callAsync(client.proxy(), "in flight");
		Eventually.await("the request", () -> server().requests() == 2);
		client.close(Duration.ZERO).toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
		assertThat(catchThrowable(() -> flying.get(LONG.toSeconds(), TimeUnit.SECONDS)).getCause())
			.isInstanceOf(ScalesException.class);
		Eventually.await("no connection", () -> server().open() == 0);
		assertThat(client.view().pending()).isZero();
		assertThat(catchThrowable(() -> call(client.proxy(), "late"))).isInstanceOf(NotSentException.class);
		assertThat(callAsync(client.proxy(), "late")).isCompletedExceptionally();
		assertThat(server().requests()).isEqualTo(2);
	}

	/** Whether its time runs out while it waits or it is refused before that. */
	@Test
	void aCallToNobodyWasNotSentOrRunsOutOfTime() throws Exception {
		server().close();
		ClientHandle<T> client = client(SHORT);
		long start = System.nanoTime();
		Throwable thrown = catchThrowable(() -> call(client.proxy(), "nobody"));
		assertThat(thrown).isInstanceOfAny(NotSentException.class, CallTimeoutException.class);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(TOLERANCE));
		Eventually.await("no pending call", () -> client.view().pending() == 0);
		assertThat(ended(null)).isEqualTo(1);
	}

}
