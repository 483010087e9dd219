package io.scalesrpc.client;

import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Sockets
class FallbackTests {

	private final Fixture fixture = new Fixture();

	private final StandIn standIn = new StandIn();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private Sums failing(FailureKind kind) {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(kind, "overloaded")));
		this.fixture.builder.fallback(this.standIn);
		return this.fixture.client();
	}

	private double counted(String outcome) {
		return this.fixture.meters
			.counter("scales.client.fallbacks", "client", "calculator", "protocol", "fake", "outcome", outcome)
			.count();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void aWaitingCallerIsAnsweredOnItsOwnThread(FailureKind kind) throws TooBigException {
		assertThat(failing(kind).add(1, 2)).isEqualTo(-3);
		assertThat(this.standIn.thread).isSameAs(Thread.currentThread());
		assertThat(counted("success")).isOne();
	}

	@Test
	void theTrueFailureIsMeasured() throws TooBigException {
		failing(FailureKind.REMOTE).add(1, 2);
		assertThat(this.fixture.meters.get("scales.client.requests").tag("kind", "remote").timer().count()).isOne();
	}

	@Test
	void aCallThatIsAnsweredDoesNotAskForOne() throws TooBigException {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.fixture.builder.fallbackFactory((cause) -> {
			throw new AssertionError("asked for", cause);
		});
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(3);
	}

	@Test
	void anExceptionOfTheInterfacePasses() {
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(new TooBigException(7))));
		this.fixture.builder.fallback(this.standIn);
		Sums client = this.fixture.client();
		assertThatExceptionOfType(TooBigException.class).isThrownBy(() -> client.add(1, 2)).withMessage("limit 7");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(client.addAsync(1, 2)::join)
			.withCauseInstanceOf(TooBigException.class);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(client.mono(1)::block)
			.withCauseInstanceOf(TooBigException.class);
	}

	@Test
	void aMistakeIsSeenUnlessAskedOtherwise() throws TooBigException {
		Sums client = failing(FailureKind.INTERNAL);
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.add(1, 2));
		this.fixture.builder.fallbackOn(FailureKind.INTERNAL);
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(-3);
	}

	@Test
	void aFailureThatWasNotAskedForPasses() {
		this.fixture.builder.fallbackOn(FailureKind.TIMEOUT);
		Sums client = failing(FailureKind.REMOTE);
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.add(1, 2));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(client.addAsync(1, 2)::join)
			.withCauseInstanceOf(RemoteCallException.class);
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(client.mono(1)::block);
	}

	@Test
	void anInterruptedCallerGetsNoStandIn() {
		Sums client = failing(FailureKind.TIMEOUT);
		Thread.currentThread().interrupt();
		// Whichever of interrupt and failure comes first.
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> client.add(1, 2));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.standIn.thread).isNull();
	}

	@Test
	void theFactorySeesWhy() throws TooBigException {
		AtomicReference<ScalesException> seen = new AtomicReference<>();
		this.fixture.builder.fallbackFactory((cause) -> {
			seen.set(cause);
			return this.standIn;
		});
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		assertThat(this.fixture.client().add(1, 2)).isEqualTo(-3);
		assertThat(seen.get().kind()).isEqualTo(FailureKind.REMOTE);
		assertThat(seen.get()).hasMessageContaining("overloaded");
	}

	@Test
	void aFailureOfTheStandInTellsOfTheFirstOne() {
		this.standIn.failure = new TooBigException(9);
		Sums client = failing(FailureKind.REMOTE);
		assertThatExceptionOfType(TooBigException.class).isThrownBy(() -> client.add(1, 2))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(RemoteCallException.class));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(client.addAsync(1, 2)::join)
			.satisfies((ex) -> assertThat(ex.getCause()).isInstanceOf(UncheckedIOException.class)
				.satisfies((own) -> assertThat(own.getSuppressed()).singleElement()
					.isInstanceOf(RemoteCallException.class)));
		assertThatIllegalStateException().isThrownBy(client.mono(1)::block)
			.satisfies((own) -> assertThat(own.getSuppressed()).hasAtLeastOneElementOfType(RemoteCallException.class));
		assertThat(counted("failure")).isEqualTo(3);
	}

	@Test
	void aFactoryMayRethrowTheCause() {
		this.fixture.builder.fallbackFactory((cause) -> {
			throw cause;
		});
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.add(1, 2)).withNoCause();
	}

	@Test
	void noStandInIsAFailureOfItsOwn() {
		Sums client = failing(FailureKind.REMOTE);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(client.stage(1).toCompletableFuture()::join)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("fallback: null");
	}

	@Test
	void theFutureOfTheStandInIsThatOfTheCall() {
		CompletableFuture<Integer> own = new CompletableFuture<>();
		this.standIn.future = own;
		CompletableFuture<Integer> result = failing(FailureKind.REMOTE).addAsync(1, 2);
		Fixture.await(() -> this.standIn.thread != null);
		assertThat(this.standIn.thread.getName()).isEqualTo("scales-callback-test");
		assertThat(result).isNotDone();
		own.complete(7);
		assertThat(result.join()).isEqualTo(7);
	}

	@Test
	void cancellingTheFutureCancelsThatOfTheStandIn() {
		CompletableFuture<Integer> own = new CompletableFuture<>();
		this.standIn.future = own;
		CompletableFuture<Integer> result = failing(FailureKind.REMOTE).addAsync(1, 2);
		Fixture.await(() -> this.standIn.thread != null);
		result.cancel(true);
		Fixture.await(own::isDone);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(own::join);
	}

	@Test
	void theMonoOfTheStandInIsThatOfTheCall() {
		this.standIn.mono = Mono.deferContextual((context) -> Mono.just((Integer) context.get("key")));
		Mono<Integer> result = failing(FailureKind.REMOTE).mono(1);
		assertThat(result.contextWrite((context) -> context.put("key", 5)).block()).isEqualTo(5);
		assertThat(this.standIn.thread.getName()).isEqualTo("scales-callback-test");
	}

	@Test
	void cancellingTheSubscriptionCancelsThatOfTheStandIn() {
		AtomicReference<Boolean> cancelled = new AtomicReference<>(false);
		this.standIn.mono = Mono.<Integer>never().doOnCancel(() -> cancelled.set(true));
		Disposable subscription = failing(FailureKind.REMOTE).mono(1).subscribe();
		Fixture.await(() -> this.standIn.thread != null);
		subscription.dispose();
		Fixture.await(cancelled::get);
	}

	@Test
	void whoGivesUpGetsNoStandIn() {
		this.fixture.builder.fallback(this.standIn);
		CompletableFuture<Integer> result = this.fixture.client().addAsync(1, 2);
		this.fixture.sent(0);
		result.cancel(true);
		assertThat(result).isCancelled();
		assertThat(this.standIn.thread).isNull();
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> pending = handle.proxy().addAsync(1, 2);
		handle.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(pending::join)
			.withCauseInstanceOf(CallCancelledException.class);
	}

	@Test
	void everyInterfaceHasItsOwn() throws TooBigException {
		this.fixture.builder.fallback(this.standIn);
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		ClientHandle<Sums> handle = this.fixture.build();
		Plain without = handle.proxy(Plain.class);
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> without.add(1, 2));
		Plain with = ClientIntegration.of(handle)
			.proxy(Plain.class, null, FallbackSettings.of((cause) -> new PlainStandIn()));
		assertThat(with.add(1, 2)).isEqualTo(42);
		assertThat(handle.proxy().add(1, 2)).isEqualTo(-3);
	}

	@Test
	void settingsThatDoNotFitAreRefused() {
		this.fixture.builder.fallbackOn(FailureKind.TIMEOUT);
		assertThatIllegalArgumentException().isThrownBy(this.fixture::build)
			.withMessage("fallbackOn: [TIMEOUT] (expected: none without fallback or fallbackFactory)");
		this.fixture.builder.fallback(this.standIn).fallbackOn(FailureKind.DECLARED);
		assertThatIllegalArgumentException().isThrownBy(this.fixture::build)
			.withMessage(
					"fallbackOn: [DECLARED] (expected: some of [NOT_SENT, CONNECTION_LOST, TIMEOUT, REMOTE, INTERNAL])");
	}

	/** Answers with the sum below zero. */
	private static final class StandIn implements Sums {

		private volatile Thread thread;

		private volatile TooBigException failure;

		private volatile CompletableFuture<Integer> future;

		private volatile Mono<Integer> mono;

		@Override
		public int add(int a, int b) throws TooBigException {
			this.thread = Thread.currentThread();
			if (this.failure != null) {
				throw this.failure;
			}
			return -a - b;
		}

		@Override
		public Integer boxed(int a) {
			return -a;
		}

		@Override
		public void ping() {
			this.thread = Thread.currentThread();
		}

		@Override
		public String undeclared() {
			return "";
		}

		@Override
		public CompletableFuture<Integer> addAsync(int a, int b) {
			this.thread = Thread.currentThread();
			if (this.failure != null) {
				return CompletableFuture.supplyAsync(() -> {
					throw new UncheckedIOException(new java.io.IOException("down, too"));
				});
			}
			return (this.future != null) ? this.future : CompletableFuture.completedFuture(-a - b);
		}

		@Override
		public CompletionStage<Integer> stage(int a) {
			return null;
		}

		@Override
		public Mono<Integer> mono(int a) {
			this.thread = Thread.currentThread();
			return (this.mono != null) ? this.mono : Mono.error(new IllegalStateException("no Mono"));
		}

	}

	/** Answers 42. */
	private static final class PlainStandIn implements Plain {

		@Override
		public int add(int a, int b) {
			return 42;
		}

		@Override
		public CompletableFuture<Integer> addAsync(int a, int b) {
			return CompletableFuture.completedFuture(42);
		}

	}

}
