package io.scalesrpc.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What must be gone when a test is over, as told by the helpers that made it. What is
 * made for one test is checked after it, what is made for all tests of a class after the
 * last; scopes nest because tests of the extension run tests. <em>Thread-safe</em>.
 */
public final class LeakWatch {

	private static final Deque<Scope> scopes = new ArrayDeque<>();

	private LeakWatch() {
	}

	/**
	 * Expects something to be gone when the test is over. Without
	 * {@link LeakCheckExtension} this does nothing.
	 * @param description names what is left, asked for when the test is over
	 * @param gone whether it is gone
	 */
	public static void expect(Supplier<String> description, BooleanSupplier gone) {
		Scope scope = current();
		if (scope != null) {
			scope.expectations.add(new Expectation(description, gone));
		}
	}

	/**
	 * Expects a channel to be closed when the test is over.
	 * @param channel the channel
	 * @param <C> the type of the channel
	 * @return the channel
	 */
	public static <C extends Channel> C channel(C channel) {
		expect(() -> "open channel " + channel, () -> !channel.isOpen());
		return channel;
	}

	static Scope begin() {
		Scope scope = new Scope();
		synchronized (scopes) {
			scopes.push(scope);
		}
		return scope;
	}

	/** Ends a scope, and those within it whose end nobody told. */
	static void end(Scope scope) {
		synchronized (scopes) {
			if (scopes.contains(scope)) {
				while (scopes.pop() != scope) {
					continue;
				}
			}
		}
	}

	private static @Nullable Scope current() {
		synchronized (scopes) {
			return scopes.peek();
		}
	}

	/** What one test, or one class of tests, made. <em>Thread-safe</em>. */
	static final class Scope {

		private final Queue<Expectation> expectations = new ConcurrentLinkedQueue<>();

		List<String> left() {
			return this.expectations.stream()
				.filter((expectation) -> !expectation.gone.getAsBoolean())
				.map((expectation) -> expectation.description.get())
				.toList();
		}

	}

	/**
	 * One thing that must be gone. <em>Immutable</em>.
	 *
	 * @param description names it
	 * @param gone whether it is gone
	 */
	private record Expectation(Supplier<String> description, BooleanSupplier gone) {
	}

}
