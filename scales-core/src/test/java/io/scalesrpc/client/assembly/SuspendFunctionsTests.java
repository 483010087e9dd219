package io.scalesrpc.client.assembly;

import kotlin.coroutines.Continuation;
import kotlinx.coroutines.flow.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Functions of Kotlin that nobody could resume, as Java sees them.
 */
class SuspendFunctionsTests {

	@Test
	void withTheLibraryOfCoroutinesThereIsNothingToRefuse() {
		assertThatNoException().isThrownBy(() -> SuspendFunctions.requireCallable(Suspending.class));
		assertThatNoException().isThrownBy(() -> SuspendFunctions.requireCallable(Flowing.class));
	}

	@Test
	void withoutItThoseThatSuspendAreRefusedInTheseWords() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SuspendFunctions.requireCallable(Suspending.class, (name) -> false))
			.withMessage("divide: a suspend function of " + Suspending.class.getName()
					+ " (expected: org.jetbrains.kotlinx:kotlinx-coroutines-core on the class path, which resumes it; or"
					+ " a function that blocks, or returns CompletableFuture or Mono)");
		assertThatNoException().isThrownBy(() -> SuspendFunctions.requireCallable(Runnable.class, (name) -> false));
	}

	@Test
	void withoutReactorThereIsNoFlow() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> SuspendFunctions.requireCallable(Flowing.class, (name) -> !name.contains("ReactorFlowKt")))
			.withMessageStartingWith("all: a Flow of " + Flowing.class.getName()
					+ " (expected: org.jetbrains.kotlinx:kotlinx-coroutines-reactor on the class path");
	}

	@Test
	void aFlowNeedsNoSuspendFunction() {
		assertThatIllegalArgumentException().isThrownBy(() -> SuspendFunctions.requireCallable(Both.class))
			.withMessage("all: a suspend function of " + Both.class.getName()
					+ " that returns a Flow (expected: a function that returns it at once)");
	}

	/** {@code suspend fun divide(dividend: Int): Int}. */
	interface Suspending {

		@Nullable Object divide(int dividend, Continuation<? super Integer> rest);

	}

	/** {@code fun all(): Flow<String>}. */
	interface Flowing {

		Flow<String> all();

	}

	/** {@code suspend fun all(): Flow<String>}. */
	interface Both {

		@Nullable Object all(Continuation<? super Flow<String>> rest);

	}

}
