package io.scalesrpc.client.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallDetails;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.fallback.Fallback;
import io.scalesrpc.metrics.ClientMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A stand-in for a proxy that somebody else made.
 */
class FallbackGuardTests {

	private static final ScalesException FAILED = ScalesException.of(Failure.of(FailureKind.REMOTE, "overloaded"),
			new CallDetails("words", "word", null, 1, Duration.ZERO, Duration.ofSeconds(1)), false);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.meters, "words", "fake");

	private final List<Runnable> delivered = new ArrayList<>();

	private final Target target = new Target();

	private Words client = guarded(EnumSet.of(FailureKind.REMOTE));

	@AfterEach
	void close() {
		this.metrics.close();
	}

	private Words guarded(EnumSet<FailureKind> kinds) {
		Fallback fallback = new Fallback((cause) -> new Other(), kinds, this.metrics);
		return ClientProxy.guard(Words.class, this.target, "words", this.delivered::add, fallback,
				CallScope.Source.NONE);
	}

	private double answered() {
		return this.meters
			.counter("scales.client.fallbacks", "client", "words", "protocol", "fake", "outcome", "success")
			.count();
	}

	@Test
	void whatIsAnsweredPasses() {
		assertThat(this.client.word("a")).isEqualTo("target a");
		assertThat(this.client.later("a")).isCompletedWithValue("target a");
		assertThat(this.client.mono("a").block()).isEqualTo("target a");
		assertThat(this.client.flux("a").collectList().block()).containsExactly("target a", "target a");
		assertThat(answered()).isZero();
	}

	@Test
	void everyStyleOfAMethodIsAnsweredInItsPlace() {
		this.target.failure = FAILED;
		assertThat(this.client.word("a")).isEqualTo("other a");
		assertThat(this.client.nothing()).isEqualTo("other");
		CompletableFuture<String> later = this.client.later("a");
		assertThat(later).isNotDone();
		this.delivered.remove(0).run();
		assertThat(later).isCompletedWithValue("other a");
		assertThat(this.client.mono("a").block()).isEqualTo("other a");
		assertThat(answered()).isEqualTo(4);
	}

	@Test
	void aDefaultMethodIsGuardedByWhatItCalls() {
		this.target.failure = FAILED;
		assertThat(this.client.twice("a")).isEqualTo("other aother a");
	}

	@Test
	void aFluxIsAnsweredBeforeItsFirstElementOnly() {
		this.target.failure = FAILED;
		assertThat(this.client.flux("a").collectList().block()).containsExactly("other a");
		this.target.begun = true;
		List<String> seen = new ArrayList<>();
		assertThatExceptionOfType(ScalesException.class)
			.isThrownBy(() -> this.client.flux("a").doOnNext(seen::add).blockLast());
		assertThat(seen).containsExactly("target a");
	}

	@Test
	void otherKindsAndOtherExceptionsPass() {
		this.client = guarded(EnumSet.of(FailureKind.TIMEOUT));
		this.target.failure = FAILED;
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.client.word("a"));
		assertThat(this.client.later("a")).isCompletedExceptionally();
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.client.mono("a").block());
		this.client = guarded(EnumSet.of(FailureKind.REMOTE));
		this.target.failure = new IllegalStateException("mine");
		assertThatIllegalStateException().isThrownBy(() -> this.client.word("a")).withMessage("mine");
		assertThatIllegalStateException().isThrownBy(() -> this.client.flux("a").blockLast()).withMessage("mine");
	}

	@Test
	void whoWasInterruptedIsNotAnswered() {
		this.target.failure = FAILED;
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.client.word("a"));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void whoCancelsAFutureCancelsThatOfTheTarget() {
		CompletionStage<String> stage = this.client.stage();
		stage.toCompletableFuture().cancel(false);
		assertThat(this.target.pending).isCancelled();
		assertThat(this.client).hasToString("words (" + Words.class.getName() + ")");
	}

	interface Words {

		String word(String text);

		String nothing();

		CompletableFuture<String> later(String text);

		CompletionStage<String> stage();

		Mono<String> mono(String text);

		Flux<String> flux(String text);

		default String twice(String text) {
			return word(text) + word(text);
		}

	}

	private static final class Target implements Words {

		private final CompletableFuture<String> pending = new CompletableFuture<>();

		private RuntimeException failure;

		private boolean begun;

		@Override
		public String word(String text) {
			if (this.failure != null) {
				throw this.failure;
			}
			return "target " + text;
		}

		@Override
		public String nothing() {
			return word("");
		}

		@Override
		public CompletableFuture<String> later(String text) {
			return (this.failure != null) ? CompletableFuture.failedFuture(this.failure)
					: CompletableFuture.completedFuture(word(text));
		}

		@Override
		public CompletionStage<String> stage() {
			return this.pending;
		}

		@Override
		public Mono<String> mono(String text) {
			return Mono.fromCallable(() -> word(text));
		}

		@Override
		public Flux<String> flux(String text) {
			Flux<String> first = this.begun ? Flux.just("target " + text) : Flux.empty();
			return (this.failure != null) ? first.concatWith(Flux.error(this.failure))
					: Flux.just("target " + text, "target " + text);
		}

	}

	private static final class Other implements Words {

		@Override
		public String word(String text) {
			return "other " + text;
		}

		@Override
		public String nothing() {
			return "other";
		}

		@Override
		public CompletableFuture<String> later(String text) {
			return CompletableFuture.completedFuture(word(text));
		}

		@Override
		public CompletionStage<String> stage() {
			return later("");
		}

		@Override
		public Mono<String> mono(String text) {
			return Mono.just(word(text));
		}

		@Override
		public Flux<String> flux(String text) {
			return Flux.just(word(text));
		}

	}

}
