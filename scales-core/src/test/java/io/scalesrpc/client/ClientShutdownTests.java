package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Sockets
class ClientShutdownTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void callsAfterClosingAreRefusedAtOnce() {
		ClientHandle<Sums> handle = this.fixture.build();
		handle.close();
		assertThatExceptionOfType(NotSentException.class).isThrownBy(handle.proxy()::ping)
			.withMessageStartingWith("[calculator] Sums.ping: client is closed (no member, attempts 0,");
		assertThat(handle.proxy().addAsync(1, 2)).isCompletedExceptionally();
		assertThat(handle.view().state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void callsInFlightMayFinishWithinTheGrace() {
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		Call call = this.fixture.sent(0);
		CompletableFuture<Void> closed = handle.close(Duration.ofSeconds(9)).toCompletableFuture();
		this.fixture.time.advance(Duration.ofSeconds(8));
		assertThat(closed).isNotDone();
		assertThat(this.fixture.protocol.connections.get(0).sink().isClosed()).isFalse();
		call.end(Reply.of(3));
		assertThat(future).succeedsWithin(SOON).isEqualTo(3);
		assertThat(closed).succeedsWithin(SOON);
		assertThat(this.fixture.protocol.connections.get(0).sink().isClosed()).isTrue();
	}

	@Test
	void theClientEndsWhatIsLeftAfterTheGrace() {
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		this.fixture.sent(0);
		CompletableFuture<Void> closed = handle.close(Duration.ofSeconds(9)).toCompletableFuture();
		this.fixture.time.advance(Duration.ofSeconds(9));
		assertCancelled(future);
		assertThat(closed).succeedsWithin(SOON);
	}

	@Test
	void aSecondClosingMayShortenTheGrace() {
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		CompletableFuture<Void> first = handle.close(Duration.ofHours(1)).toCompletableFuture();
		CompletableFuture<Void> second = handle.close(Duration.ZERO).toCompletableFuture();
		assertCancelled(future);
		assertThat(first).succeedsWithin(SOON);
		assertThat(second).succeedsWithin(SOON);
	}

	@Test
	void closingAgainCompletesAgain() {
		ClientHandle<Sums> handle = this.fixture.build();
		handle.close();
		assertThat(handle.close(Duration.ofSeconds(-1)).toCompletableFuture()).succeedsWithin(SOON);
		assertThat(handle.close(Duration.ofDays(1000 * 365)).toCompletableFuture()).succeedsWithin(SOON);
	}

	@Test
	void callsThatWaitInAStageOfTheUserEndToo() {
		this.fixture.builder.filter((call, next) -> {
		});
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		handle.close();
		assertCancelled(future);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCallbackMayCloseItsClient() {
		this.fixture.builder.closeGrace(Duration.ofSeconds(1));
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Void> closed = handle.proxy().addAsync(1, 2).thenRun(handle::close);
		this.fixture.sent(0).end(Reply.of(3));
		assertThat(closed).succeedsWithin(SOON);
	}

	@Test
	void aCallbackMayCloseAClientWithThreadsOfItsOwn() {
		FakeProtocol protocol = new FakeProtocol();
		ClientHandle<Sums> handle = ownThreads(protocol);
		CompletableFuture<Void> closed = handle.proxy().addAsync(1, 2).thenRun(handle::close);
		Fixture.await(() -> protocol.calls().size() == 1);
		protocol.calls().get(0).end(Reply.of(3));
		assertThat(closed).succeedsWithin(SOON);
	}

	@Test
	void closingOnAnEventLoopDoesNotWait() {
		ClientHandle<Sums> handle = this.fixture.builder.closeGrace(Duration.ofHours(1)).build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		this.fixture.onEventLoop(handle::close);
		assertThat(future).isNotDone();
		assertThat(handle.view().state()).isEqualTo(SinkState.CLOSED);
		handle.close(Duration.ZERO);
		assertCancelled(future);
	}

	@Test
	void aCallbackOnTheTimerMayCloseAClientWithThreadsOfItsOwn() {
		FakeProtocol protocol = new FakeProtocol();
		ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.uri("tcp://127.0.0.1:9090")
			.protocol(protocol)
			.callbacks(Callbacks.EVENT_LOOP)
			.timeout(Duration.ofMillis(5))
			.build();
		CompletableFuture<Void> closed = handle.proxy().addAsync(1, 2).handle((sum, ex) -> {
			handle.close();
			return null;
		});
		assertThat(closed).succeedsWithin(SOON);
		assertThat(handle.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(SOON);
	}

	@Test
	void threadsOfItsOwnEndWithTheClient() {
		CompletableFuture<Void> registered = new CompletableFuture<>();
		ClientHandle<Sums> handle = ownThreads(new FakeProtocol().answering((call) -> {
			Thread thread = new Thread(() -> {
				registered.join();
				call.end(Reply.of(3));
			});
			thread.start();
		}));
		CompletableFuture<String> name = handle.proxy()
			.addAsync(1, 2)
			.thenApply((sum) -> Thread.currentThread().getName());
		registered.complete(null);
		assertThat(name.join()).isNotEqualTo(Thread.currentThread().getName());
		handle.close();
		Fixture.await(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("scales-timer")
					|| thread.getName().matches("scales-callback-\\d+")));
	}

	@Test
	void sharedThreadsOutliveTheClient() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		ClientHandle<Sums> first = this.fixture.build();
		first.close();
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(3);
	}

	@Test
	void aClientWhoseThreadsAreGoneCanStillBeClosed() {
		ClientResources resources = ClientResources.create(1);
		ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.uri("tcp://127.0.0.1:9090")
			.protocol(new FakeProtocol())
			.resources(resources)
			.build();
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		resources.close();
		assertThat(handle.close(SOON).toCompletableFuture()).succeedsWithin(SOON);
		assertThat(future).isCompletedExceptionally();
	}

	@Test
	void metersGoWithTheClient() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy().boxed(1);
		assertThat(this.fixture.meters.get("scales.client.requests")
			.tags("client", "calculator", "protocol", "fake", "method", "boxed", "outcome", "success")
			.timer()
			.count()).isEqualTo(1);
		handle.close();
		assertThatExceptionOfType(NotSentException.class).isThrownBy(handle.proxy()::ping);
		assertThat(this.fixture.meters.getMeters()).isEmpty();
	}

	@Test
	void buildingDoesNotWaitForMembers() {
		FailingSet set = new FailingSet("connection refused");
		ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.serverSet(set)
			.protocol(this.fixture.protocol)
			.resources(this.fixture.resources)
			.build();
		assertThat(handle.view().state()).isEqualTo(SinkState.IDLE);
		assertThatExceptionOfType(NotSentException.class).isThrownBy(handle.proxy()::ping)
			.withMessageContaining("members: not yet known")
			.withMessageContaining("connection refused");
		handle.close();
		assertThat(set.closed).isTrue();
	}

	private ClientHandle<Sums> ownThreads(FakeProtocol protocol) {
		return ScalesClients.builder(Sums.class).uri("tcp://127.0.0.1:9090").protocol(protocol).build();
	}

	private static void assertCancelled(CompletableFuture<Integer> future) {
		assertThat(future).failsWithin(SOON.toSeconds(), TimeUnit.SECONDS)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(CallCancelledException.class)
			.withMessageContaining("client is closed");
	}

	/** A set whose source fails. */
	private static final class FailingSet implements ServerSet {

		private final String error;

		private volatile boolean closed;

		FailingSet(String error) {
			this.error = error;
		}

		@Override
		public SourceStatus status() {
			return new SourceStatus(null, this.error, 0);
		}

		@Override
		public void watch(Consumer<List<Member>> watcher) {
			// tells nothing
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
