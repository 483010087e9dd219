package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How the deadline of a request gets to the calls that are made for it elsewhere. */
@Sockets
class InheritedDeadlineTests {

	private static final long MILLI = 1_000_000;

	private final Fixture fixture = new Fixture();

	private final ExecutorService executor = Executors
		.newSingleThreadExecutor((task) -> new Thread(task, "scales-test-worker"));

	private final Scheduler scheduler = Schedulers.fromExecutorService(this.executor);

	private final Sums client = this.fixture.client();

	@BeforeEach
	void answer() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
	}

	@AfterEach
	void close() {
		InboundRequest.current(null);
		this.scheduler.dispose();
		this.executor.shutdownNow();
		this.fixture.close();
	}

	private InboundRequest request() {
		return new InboundRequest(Deadline.after(Duration.ofMillis(200), this.fixture.time.nanos()), 0);
	}

	private Call onlyCall() {
		assertThat(this.fixture.protocol.calls()).hasSize(1);
		return this.fixture.protocol.calls().get(0);
	}

	private void assertInherited() {
		Deadline deadline = onlyCall().deadline();
		assertThat(deadline.inherited()).isTrue();
		assertThat(deadline.timeoutNanos()).isEqualTo(200 * MILLI);
	}

	private void assertNotInherited() {
		assertThat(onlyCall().deadline().inherited()).isFalse();
	}

	@Test
	void aCallIsTimedFromItsOwnBeginning() throws Exception {
		InboundRequest.current(request());
		this.fixture.time.advance(Duration.ofMillis(150));
		this.client.add(1, 2);
		assertThat(onlyCall().deadline()).isEqualTo(new Deadline(this.fixture.time.nanos(), 50 * MILLI, true));
		assertThat(this.fixture.meters.get("scales.client.requests").timer().totalTime(TimeUnit.MILLISECONDS)).isZero();
	}

	@Test
	void nothingIsSentForARequestThatIsOver() {
		InboundRequest.current(request());
		this.fixture.time.advance(Duration.ofMillis(201));
		assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> this.client.add(1, 2))
			.withMessage("[calculator] Sums.add: not sent: the deadline of the request being served had passed"
					+ " (no member, attempts 0, elapsed 0 ms, timeout 0 ms)");
		assertThat(this.fixture.protocol.calls()).isEmpty();
	}

	@Test
	void aWrappedExecutorTakesTheRequestAlongAndLeavesNothingBehind() throws Exception {
		ExecutorService wrapped = ContextExecutorService.wrap(this.executor,
				() -> ContextSnapshotFactory.builder().build().captureAll());
		InboundRequest.current(request());
		wrapped.submit(() -> this.client.add(1, 2)).get();
		assertInherited();
		assertThat(this.executor.submit(() -> InboundRequest.current()).get()).isNull();
	}

	@Test
	void aPlainExecutorDoesNot() throws Exception {
		InboundRequest.current(request());
		this.executor.submit(() -> this.client.add(1, 2)).get();
		assertNotInherited();
	}

	@Test
	void theAccessorIsFoundByItself() {
		assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
			.anyMatch((accessor) -> accessor.key().equals(InboundRequest.KEY));
	}

	@Test
	void aMonoIsMadeForTheRequestOfTheSubscribingThread() {
		InboundRequest.current(request());
		this.client.mono(1).block();
		assertInherited();
	}

	@Test
	void withoutPropagationAnotherThreadSubscribesForNobody() {
		InboundRequest.current(request());
		this.client.mono(1).subscribeOn(this.scheduler).block();
		assertNotInherited();
	}

	@Test
	void aMonoFindsTheRequestInItsSubscribersContextOnAnyThread() {
		Mono.just(1)
			.publishOn(this.scheduler)
			.flatMap(this.client::mono)
			.contextWrite((context) -> context.put(InboundRequest.KEY, request()))
			.block();
		assertInherited();
	}

	@Test
	void theSubscribersContextComesBeforeTheThread() {
		InboundRequest.current(new InboundRequest(Deadline.after(Duration.ofMillis(1), this.fixture.time.nanos()), 0));
		this.client.mono(1).contextWrite((context) -> context.put(InboundRequest.KEY, request())).block();
		assertInherited();
	}

	@Test
	void withAutomaticPropagationFuturesWithinAChainFindTheRequestToo() {
		Hooks.enableAutomaticContextPropagation();
		try {
			Mono.just(1)
				.publishOn(this.scheduler)
				.flatMap((number) -> Mono.fromFuture(this.client.addAsync(number, 2)))
				.contextWrite((context) -> context.put(InboundRequest.KEY, request()))
				.block();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertInherited();
	}

	@Test
	void withAutomaticPropagationTheThreadThatBlocksHandsItsRequestToTheChain() {
		Hooks.enableAutomaticContextPropagation();
		InboundRequest.current(request());
		try {
			Mono.just(1).publishOn(this.scheduler).flatMap(this.client::mono).block();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertInherited();
	}

	@Test
	void aCallbackOfAFutureServesNobodyUnlessItsExecutorDoes() {
		InboundRequest.current(request());
		CompletableFuture<InboundRequest> seen = this.client.addAsync(1, 2)
			.thenApplyAsync((sum) -> InboundRequest.current(), this.executor);
		assertThat(seen.join()).isNull();
	}

}
