package io.scalesrpc.call;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallFilterTests {

	private final FakeSink below = FakeSink.ending(Reply.EMPTY);

	private final List<String> seen = new ArrayList<>();

	private final Call call = Calls.call();

	@Test
	void aCallPassesTheFiltersFromTheOutside() {
		Sink stack = passing("outer").over(passing("inner").over(this.below));
		stack.dispatch(this.call);
		assertThat(this.seen).containsExactly("outer", "inner");
		assertThat(this.below.calls()).containsExactly(this.call);
	}

	@Test
	void aFilterMayEndACallWithoutSendingIt() {
		CallFilter refusing = (refused, next) -> refused.end(Failure.of(FailureKind.NOT_SENT, "no"));
		refusing.over(this.below).dispatch(this.call);
		assertThat(this.call.outcome()).isEqualTo(Failure.of(FailureKind.NOT_SENT, "no"));
		assertThat(this.below.calls()).isEmpty();
	}

	@Test
	void aFilteredSinkIsAsReadyAsTheOneBelow() {
		Sink stack = passing("filter").over(this.below);
		this.below.state(SinkState.BUSY);
		assertThat(stack.state()).isEqualTo(SinkState.BUSY);
		this.below.state(SinkState.OPEN);
		assertThat(stack.state()).isEqualTo(SinkState.OPEN);
		this.call.end(Reply.EMPTY);
	}

	@Test
	void closingAFilteredSinkClosesTheOneBelow() {
		CompletionStage<Void> closed = passing("filter").over(this.below).close(Duration.ofSeconds(3));
		assertThat(this.below.grace()).isEqualTo(Duration.ofSeconds(3));
		assertThat(closed.toCompletableFuture()).isCompleted();
		this.call.end(Reply.EMPTY);
	}

	/** One that a sink has by default would be swallowed in silence. */
	@Test
	void whateverAFilteredSinkIsAskedTheOneBelowAnswers() throws ReflectiveOperationException {
		List<String> asked = new ArrayList<>();
		Sink watching = (Sink) Proxy.newProxyInstance(Sink.class.getClassLoader(), new Class<?>[] { Sink.class },
				(self, method, arguments) -> {
					asked.add(method.getName());
					return method.getReturnType().isPrimitive() ? method.invoke(this.below, arguments) : null;
				});
		Sink stack = passing("filter").over(watching);
		Map<Class<?>, Object> samples = Map.of(Call.class, this.call, Runnable.class, (Runnable) () -> {
		}, Duration.class, Duration.ZERO);
		for (Method method : Sink.class.getMethods()) {
			asked.clear();
			method.invoke(stack, Stream.of(method.getParameterTypes()).map(samples::get).toArray());
			assertThat(asked).as(method.toString()).containsExactly(method.getName());
		}
		this.call.end(Reply.EMPTY);
	}

	@Test
	void openingAFilteredSinkOpensTheOneBelowAndItsProblemIsTold() {
		List<String> opened = new ArrayList<>();
		Sink connecting = new Sink() {

			@Override
			public void dispatch(Call dispatched) {
				dispatched.end(Reply.EMPTY);
			}

			@Override
			public SinkState state() {
				return SinkState.IDLE;
			}

			@Override
			public void open(Runnable over) {
				opened.add("below");
				over.run();
			}

			@Override
			public String problem() {
				return "the server is away";
			}

			@Override
			public CompletionStage<Void> close(Duration grace) {
				return CompletableFuture.completedFuture(null);
			}

		};
		Sink stack = passing("filter").over(connecting);
		stack.open(() -> opened.add("told"));
		assertThat(opened).containsExactly("below", "told");
		assertThat(stack.problem()).isEqualTo("the server is away");
		this.call.end(Reply.EMPTY);
	}

	private CallFilter passing(String name) {
		return (passed, next) -> {
			this.seen.add(name);
			next.dispatch(passed);
		};
	}

}
