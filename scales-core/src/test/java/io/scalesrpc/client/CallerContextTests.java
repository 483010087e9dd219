package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.context.ContextRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.testing.Sockets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/** What the thread of a caller has is there where code of the user runs. */
@Sockets
class CallerContextTests {

	private static final String KEY = "scales-tests";

	private static final ThreadLocal<@Nullable String> VALUE = new ThreadLocal<>();

	private final Fixture fixture = new Fixture();

	@BeforeEach
	void fill() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, VALUE);
		MDC.put("user", "alice");
		VALUE.set("tenant");
	}

	@AfterEach
	void close() {
		this.fixture.close();
		Hooks.disableAutomaticContextPropagation();
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
		MDC.clear();
		VALUE.remove();
	}

	private static String seen() {
		return MDC.get("user") + " of " + VALUE.get();
	}

	private void answer(int number, int value) {
		Call call = this.fixture.sent(number);
		this.fixture.onEventLoop(() -> call.end(Reply.of(value)));
	}

	private void fail(int number) {
		Call call = this.fixture.sent(number);
		this.fixture.onEventLoop(() -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
	}

	@Test
	void aCallbackOfAFutureFindsIt() {
		CompletableFuture<String> seen = this.fixture.client().addAsync(1, 2).thenApply((sum) -> seen());
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("alice of tenant");
	}

	@Test
	void aCallbackOnAnEventLoopFindsItAndLeavesNothingThere() {
		this.fixture.builder.callbacks(Callbacks.EVENT_LOOP);
		CompletableFuture<String> seen = this.fixture.client().addAsync(1, 2).thenApply((sum) -> seen());
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("alice of tenant");
		AtomicReference<String> left = new AtomicReference<>();
		this.fixture.onEventLoop(() -> left.set(seen()));
		assertThat(left).hasValue("null of null");
	}

	@Test
	void aCallbackOfAFutureThatFailsFindsIt() {
		CompletableFuture<String> seen = this.fixture.client().addAsync(1, 2).handle((sum, ex) -> seen() + ex);
		fail(0);
		assertThat(seen.join()).startsWith("alice of tenant").contains("overloaded");
	}

	@Test
	void everyCallHasThatOfItsOwnCaller() {
		Sums client = this.fixture.client();
		CompletableFuture<String> first = client.addAsync(1, 2).thenApply((sum) -> seen());
		MDC.put("user", "bob");
		VALUE.remove();
		CompletableFuture<String> second = client.addAsync(3, 4).thenApply((sum) -> seen());
		answer(1, 7);
		answer(0, 3);
		assertThat(first.join()).isEqualTo("alice of tenant");
		assertThat(second.join()).isEqualTo("bob of null");
	}

	@Test
	void aSubscriberFindsIt() {
		Mono<Integer> mono = this.fixture.client().mono(1);
		CompletableFuture<String> seen = mono.map((sum) -> seen()).toFuture();
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("alice of tenant");
	}

	@Test
	void whatReactorCarriesComesFirst() {
		Mono<String> mono = this.fixture.client().mono(1).map((sum) -> seen());
		CompletableFuture<String> seen = mono.contextWrite(Context.of(KEY, "carried")).toFuture();
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("alice of carried");
	}

	@Test
	void whereReactorCarriesContextByItselfItsOwnCounts() {
		Hooks.enableAutomaticContextPropagation();
		List<String> seen = new CopyOnWriteArrayList<>();
		Mono<Integer> mono = this.fixture.client()
			.mono(1)
			.doOnNext((sum) -> seen.add(String.valueOf(VALUE.get())))
			.contextWrite(Context.of(KEY, "carried"));
		CompletableFuture<Integer> result = mono.toFuture();
		answer(0, 3);
		result.join();
		assertThat(seen).containsExactly("carried");
	}

	@Test
	void theFallbackOfAFutureFindsIt() {
		AtomicReference<String> seen = new AtomicReference<>();
		this.fixture.builder.fallback(new Recorder(seen));
		CompletableFuture<Integer> sum = this.fixture.client().addAsync(1, 2);
		fail(0);
		assertThat(sum.join()).isEqualTo(-1);
		assertThat(seen).hasValue("alice of tenant");
	}

	@Test
	void theFallbackOfAMonoFindsIt() {
		AtomicReference<String> seen = new AtomicReference<>();
		this.fixture.builder.fallback(new Recorder(seen));
		CompletableFuture<Integer> sum = this.fixture.client().mono(1).toFuture();
		fail(0);
		assertThat(sum.join()).isEqualTo(-1);
		assertThat(seen).hasValue("alice of tenant");
	}

	@Test
	void aStageBelowRetriesFindsItInEveryAttempt() {
		List<String> seen = new CopyOnWriteArrayList<>();
		CallFilter recording = (call, next) -> {
			seen.add(seen());
			next.dispatch(call);
		};
		this.fixture.builder.methodOption("add", Idempotence.KEY, true)
			.stack((stack) -> stack.insertAfter(Role.RETRY, new Role("recording"), recording));
		CompletableFuture<Integer> sum = this.fixture.client().addAsync(1, 2);
		fail(0);
		Fixture.await(() -> {
			this.fixture.time.advance(Duration.ofMillis(5));
			return this.fixture.protocol.calls().size() == 2;
		});
		answer(1, 3);
		assertThat(sum.join()).isEqualTo(3);
		assertThat(seen).containsExactly("alice of tenant", "alice of tenant");
	}

	@Test
	void observersOfAStageMayAskForIt() {
		AtomicReference<String> seen = new AtomicReference<>();
		this.fixture.builder.filter((call, next) -> {
			call.onOutcome((ended, outcome) -> {
				CallScope.Restored restored = ended.restore();
				seen.set(seen());
				restored.close();
			});
			next.dispatch(call);
		});
		CompletableFuture<Integer> sum = this.fixture.client().addAsync(1, 2);
		answer(0, 3);
		sum.join();
		assertThat(seen).hasValue("alice of tenant");
	}

	@Test
	void nothingIsCarriedIfItIsSwitchedOff() {
		this.fixture.builder.contextPropagation(false);
		CompletableFuture<String> seen = this.fixture.client().addAsync(1, 2).thenApply((sum) -> seen());
		assertThat(this.fixture.sent(0).scope()).isNull();
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("null of null");
	}

	@Test
	void aCallOfAThreadWithNothingCarriesNothing() {
		MDC.clear();
		VALUE.remove();
		this.fixture.client().addAsync(1, 2);
		assertThat(this.fixture.sent(0).scope()).isNull();
	}

	@Test
	void anAccessorThatFailsCostsNoCall() {
		String broken = KEY + "-broken";
		ContextRegistry.getInstance().registerThreadLocalAccessor(broken, () -> "value", (value) -> {
			throw new IllegalStateException("set");
		}, () -> {
			throw new IllegalStateException("reset");
		});
		try {
			CompletableFuture<Integer> sum = this.fixture.client().addAsync(1, 2);
			answer(0, 3);
			assertThat(sum).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(3);
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor(broken);
		}
	}

	@Test
	void theMdcOfTheThreadThatCompletesIsPutBack() {
		AtomicReference<Map<String, String>> after = new AtomicReference<>();
		this.fixture.builder.callbackExecutor((task) -> new Thread(() -> {
			MDC.put("own", "value");
			task.run();
			after.set(MDC.getCopyOfContextMap());
		}, "scales-callback-own").start());
		CompletableFuture<String> seen = this.fixture.client().addAsync(1, 2).thenApply((sum) -> seen());
		answer(0, 3);
		assertThat(seen.join()).isEqualTo("alice of tenant");
		Fixture.await(() -> after.get() != null);
		assertThat(after.get()).containsExactly(Map.entry("own", "value"));
	}

	/** Answers with -1 and notes what it finds. */
	private record Recorder(AtomicReference<String> seen) implements Sums {

		@Override
		public int add(int a, int b) {
			return -1;
		}

		@Override
		public Integer boxed(int a) {
			return -1;
		}

		@Override
		public void ping() {
		}

		@Override
		public String undeclared() {
			return "";
		}

		@Override
		public CompletableFuture<Integer> addAsync(int a, int b) {
			this.seen.set(CallerContextTests.seen());
			return CompletableFuture.completedFuture(-1);
		}

		@Override
		public CompletableFuture<Integer> stage(int a) {
			return addAsync(a, a);
		}

		@Override
		public Mono<Integer> mono(int a) {
			this.seen.set(CallerContextTests.seen());
			return Mono.just(-1);
		}

	}

}
