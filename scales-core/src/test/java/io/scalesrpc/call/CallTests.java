package io.scalesrpc.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CallTests {

	private final Call call = Calls.unwatched();

	@Test
	void observersAreToldLastRegisteredFirst() {
		List<String> told = new ArrayList<>();
		for (String name : List.of("first", "second", "third")) {
			this.call.onOutcome((ended, outcome) -> told.add(name));
		}
		this.call.end(Reply.EMPTY);
		assertThat(told).containsExactly("third", "second", "first");
	}

	@Test
	void observersOfEveryKindAreToldInOneOrderTheCallerLast() {
		List<String> told = new ArrayList<>();
		StageObserver stage = new StageObserver() {

			@Override
			public void ended(Call ended, Outcome outcome) {
				told.add("stage");
			}

		};
		for (int i = 0; i < 2; i++) {
			Call own = Calls.unwatched();
			told.clear();
			own.caller((ended, outcome) -> told.add("caller"));
			own.onOutcome(stage);
			own.onOutcome((ended, outcome) -> told.add("lambda"));
			own.onOutcome(new OwnObserver() {

				@Override
				public void ended(Call ended, Outcome outcome) {
					told.add("own");
				}

			});
			own.onOutcome(stage);
			Call child = own.attempt(own.deadline(), (ended, outcome) -> told.add("child's caller"));
			child.onOutcome(stage);
			own.end(Reply.EMPTY);
			assertThat(told).containsExactly("stage", "child's caller", "stage", "own", "lambda", "stage", "caller");
		}
	}

	/** As a link it can be in one list only, and there once. */
	@Test
	void anObserverOfOneCallThatIsRegisteredTwiceIsRefused() {
		List<String> told = new ArrayList<>();
		OwnObserver own = new OwnObserver() {

			@Override
			public void ended(Call ended, Outcome outcome) {
				told.add("own");
			}

		};
		this.call.onOutcome(own);
		assertThatIllegalStateException().isThrownBy(() -> this.call.onOutcome(own))
			.withMessageContaining("expected: one that is not registered yet");
		assertThatIllegalStateException().isThrownBy(() -> Calls.unwatched().onOutcome(own));
		this.call.end(Reply.EMPTY);
		assertThat(told).containsExactly("own");
	}

	/** It would keep the call whose link it is. */
	@Test
	void theLinkOfAStageIsNotKeptBehindThatOfOneCall() {
		StageObserver stage = new StageObserver() {

			@Override
			public void ended(Call ended, Outcome outcome) {
			}

		};
		Link own = Calls.unwatched();
		assertThat(stage.link(null)).isSameAs(stage.link(null));
		assertThat(stage.link(own)).isNotSameAs(stage.link(own));
		Link behindOwn = new Registration(stage, own);
		assertThat(stage.link(behindOwn)).isNotSameAs(stage.link(behindOwn));
		Link first = stage.link(null);
		assertThat(stage.link(first)).isSameAs(stage.link(first));
	}

	/** With those of other calls that use the link of the same stage. */
	@Test
	void theLinkOfAStageIsUsedAgainOnlyInTheSamePlace() {
		List<String> told = new ArrayList<>();
		StageObserver stage = new StageObserver() {

			@Override
			public void ended(Call ended, Outcome outcome) {
				told.add("stage");
			}

		};
		Call first = Calls.unwatched();
		first.onOutcome(stage);
		Call second = Calls.unwatched();
		second.onOutcome((ended, outcome) -> told.add("other"));
		second.onOutcome(stage);
		Call third = Calls.unwatched();
		third.onOutcome(stage);
		third.end(Reply.EMPTY);
		assertThat(told).containsExactly("stage");
		second.end(Reply.EMPTY);
		assertThat(told).containsExactly("stage", "stage", "other");
		first.end(Reply.EMPTY);
		assertThat(told).containsExactly("stage", "stage", "other", "stage");
	}

	@Test
	void everyObserverIsToldTheCallAndTheSameOutcome() {
		Reply reply = Reply.of(3);
		List<Object> told = new ArrayList<>();
		this.call.onOutcome((ended, outcome) -> told.addAll(List.of(ended, outcome)));
		CapturingObserver other = CapturingObserver.of(this.call);
		this.call.end(reply);
		assertThat(told).containsExactly(this.call, reply);
		assertThat(other.outcome()).isSameAs(reply);
	}

	@Test
	void whoRegistersAfterTheEndIsToldAtOnce() {
		this.call.end(Reply.EMPTY);
		assertThat(CapturingObserver.of(this.call).outcome()).isSameAs(Reply.EMPTY);
	}

	@Test
	void anObserverThatRegistersAnotherWhileBeingToldHasItToldAtOnce() {
		List<String> told = new ArrayList<>();
		this.call.onOutcome((ended, outcome) -> told.add("earlier"));
		this.call.onOutcome((ended, outcome) -> {
			ended.onOutcome((again, same) -> told.add("nested"));
			told.add("later");
		});
		this.call.end(Reply.EMPTY);
		assertThat(told).containsExactly("nested", "later", "earlier");
	}

	@Test
	void anAnswerThatLastsIsGivenUpWhenItComesTooLate() {
		List<String> told = new ArrayList<>();
		Reply late = Reply.of(lasting(told));
		this.call.end(late);
		this.call.end(late);
		assertThat(told).isEmpty();
		this.call.end(Reply.of(lasting(told)));
		assertThat(told).containsExactly("nobody waits for the answer any more");
	}

	private static StreamingReply lasting(List<String> told) {
		return new StreamingReply() {

			@Override
			public boolean isOver() {
				return false;
			}

			@Override
			public void onOver(Runnable listener) {
				// never
			}

			@Override
			public void giveUp(String reason) {
				told.add(reason);
			}

		};
	}

	@Test
	void onlyTheFirstToEndACallWins() {
		CapturingObserver observer = CapturingObserver.of(this.call);
		assertThat(this.call.end(Reply.of(1))).isTrue();
		assertThat(this.call.end(Reply.of(2))).isFalse();
		assertThat(this.call.end(Failure.of(FailureKind.TIMEOUT, "late"))).isFalse();
		assertThat(observer.value()).isEqualTo(1);
		assertThat(this.call.outcome()).isEqualTo(Reply.of(1));
	}

	@Test
	void anObserverMayTryToEndTheCallAgain() {
		List<Boolean> ends = new ArrayList<>();
		this.call.onOutcome((ended, outcome) -> ends.add(ended.end(Reply.of(2))));
		this.call.end(Reply.of(1));
		assertThat(ends).containsExactly(false);
	}

	@Test
	void anObserverThatThrowsHarmsNobody() {
		CapturingObserver earlier = CapturingObserver.of(this.call);
		this.call.onOutcome((ended, outcome) -> {
			throw new IllegalStateException("a bad observer, thrown by a test");
		});
		this.call.onOutcome((ended, outcome) -> {
			throw new AssertionError("an even worse one, thrown by a test");
		});
		CapturingObserver later = CapturingObserver.of(this.call);
		assertThat(this.call.end(Reply.EMPTY)).isTrue();
		assertThat(earlier.times()).isOne();
		assertThat(later.times()).isOne();
	}

	@Test
	void aLateObserverThatThrowsDoesNotThrowAtWhoRegistersIt() {
		this.call.end(Reply.EMPTY);
		this.call.onOutcome((ended, outcome) -> {
			throw new IllegalStateException("a bad observer, thrown by a test");
		});
		assertThat(this.call.isEnded()).isTrue();
	}

	@Test
	void aRunningCallHasNoOutcome() {
		CapturingObserver observer = CapturingObserver.of(this.call);
		assertThat(this.call.isEnded()).isFalse();
		assertThat(this.call.outcome()).isNull();
		assertThat(observer.times()).isZero();
	}

	@Test
	void carriesWhatItWasMadeOf() {
		Object[] arguments = { 1, null };
		Deadline deadline = Deadline.after(Duration.ofSeconds(1), 5);
		Context context = Context.empty().with("a", new byte[] { 1 });
		Call made = new Call(Calls.METHOD, arguments, deadline, context);
		assertThat(made.method()).isSameAs(Calls.METHOD);
		assertThat(made.arguments()).isSameAs(arguments);
		assertThat(made.deadline()).isSameAs(deadline);
		assertThat(made.context()).isSameAs(context);
		assertThat(made.target()).isNull();
		made.context(Context.empty());
		assertThat(made.context()).isSameAs(Context.empty());
	}

}
