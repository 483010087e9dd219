package io.scalesrpc.circuitbreaker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ListenersTests {

	private final List<String> told = new ArrayList<>();

	private final Deque<Runnable> threads = new ArrayDeque<>();

	@Test
	void eventsAreToldElsewhereInTheirOrder() {
		Listeners listeners = new Listeners(List.of((event) -> this.told.add(event.reason())), this.threads::add);
		listeners.changed(event("first"));
		listeners.changed(event("second"));
		assertThat(this.told).isEmpty();
		Objects.requireNonNull(this.threads.pollLast()).run();
		Objects.requireNonNull(this.threads.pollLast()).run();
		assertThat(this.told).containsExactly("first", "second");
	}

	@Test
	void aListenerThatFailsHarmsNobody() {
		Listeners listeners = new Listeners(List.of((event) -> {
			throw new IllegalStateException("no mail server");
		}, (event) -> this.told.add(event.reason())), Runnable::run);
		listeners.changed(event("first"));
		listeners.changed(event("second"));
		assertThat(this.told).containsExactly("first", "second");
	}

	/** Nor is one taken away that whoever runs them has. */
	@Test
	void anInterruptOfOneListenerIsNoneOfTheNext() {
		List<Boolean> interrupted = new ArrayList<>();
		Listeners listeners = new Listeners(List.of((event) -> Thread.currentThread().interrupt(),
				(event) -> interrupted.add(Thread.currentThread().isInterrupted())), Runnable::run);
		listeners.changed(event("first"));
		assertThat(Thread.interrupted()).isFalse();
		Thread.currentThread().interrupt();
		listeners.changed(event("second"));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(interrupted).containsExactly(false, true);
	}

	@Test
	void anExecutorThatIsClosedHarmsNobody() {
		Listeners listeners = new Listeners(List.of((event) -> this.told.add(event.reason())), (task) -> {
			throw new RejectedExecutionException("closed");
		});
		assertThatNoException().isThrownBy(() -> listeners.changed(event("first")));
		assertThat(this.told).isEmpty();
	}

	private static CircuitBreakerEvent event(String reason) {
		return new CircuitBreakerEvent("calculator", "add", CircuitState.CLOSED, CircuitState.OPEN, reason);
	}

}
