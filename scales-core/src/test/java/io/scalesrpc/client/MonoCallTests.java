package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Sockets
class MonoCallTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aMonoNobodySubscribesToMakesNoCall() {
		Mono<Integer> mono = this.fixture.client().mono(1);
		assertThat(mono).isNotNull();
		assertThat(this.fixture.protocol.connections).isEmpty();
	}

	@Test
	void everySubscriptionIsACallOfItsOwn() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(this.fixture.protocol.calls().size())));
		Mono<Integer> mono = this.fixture.client().mono(1);
		assertThat(mono.block()).isEqualTo(1);
		assertThat(mono.block()).isEqualTo(2);
	}

	@Test
	void theTimeOfACallRunsFromItsSubscription() {
		Mono<Integer> mono = this.fixture.client().mono(1);
		this.fixture.time.advance(Duration.ofSeconds(60));
		CompletableFuture<Integer> result = mono.toFuture();
		this.fixture.sent(0).end(Reply.of(3));
		assertThat(result.join()).isEqualTo(3);
	}

	@Test
	void aReplyWithoutValueIsAnEmptyMono() {
		this.fixture.protocol.answering((call) -> call.end(Reply.EMPTY));
		assertThat(this.fixture.client().mono(1).blockOptional()).isEmpty();
	}

	@Test
	void aMonoFailsWithTheExceptionItself() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		Mono<Integer> mono = this.fixture.client().mono(1);
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(mono::block)
			.withMessageContaining("overloaded");
	}

	@Test
	void aMonoFailsWithADeclaredExceptionItself() {
		TooBigException exception = new TooBigException(7);
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(exception)));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(this.fixture.client().mono(1).toFuture()::join)
			.withCause(exception);
	}

	@Test
	void cancellingTheSubscriptionEndsTheCallAndSignalsNothing() {
		AtomicReference<Throwable> signalled = new AtomicReference<>();
		Disposable subscription = this.fixture.client().mono(1).subscribe((value) -> {
		}, signalled::set);
		Call call = this.fixture.sent(0);
		subscription.dispose();
		assertThat(call.outcome()).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
			assertThat(failure.reason()).isEqualTo("subscription cancelled");
		});
		assertThat(signalled.get()).isNull();
	}

	@Test
	void signalsComeOnTheCallbackExecutor() {
		CompletableFuture<String> thread = this.fixture.client()
			.mono(1)
			.map((value) -> Thread.currentThread().getName())
			.toFuture();
		Call call = this.fixture.sent(0);
		this.fixture.onEventLoop(() -> call.end(Reply.of(3)));
		assertThat(thread.join()).startsWith("scales-callback");
	}

}
