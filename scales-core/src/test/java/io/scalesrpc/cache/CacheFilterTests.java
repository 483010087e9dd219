package io.scalesrpc.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stage over a cache in memory. Chance always says the least: an entry of 10 s is
 * fresh for 9 s.
 */
class CacheFilterTests {

	private final CacheFixture fixture = new CacheFixture();

	private final MapCache cache = new MapCache(false);

	private final CacheSettings settings = CacheSettings.of(this.cache, Duration.ofSeconds(10));

	private CapturingObserver call(String... argument) {
		return this.fixture.call(this.settings, argument);
	}

	private static List<String> list(String... texts) {
		return new ArrayList<>(List.of(texts));
	}

	private void answer(int call, String... texts) {
		this.fixture.server.calls().get(call).end(Reply.of(list(texts)));
	}

	private void fail(int call, FailureKind kind) {
		this.fixture.server.calls().get(call).end(Failure.of(kind, "overloaded"));
	}

	private int sent() {
		return this.fixture.server.calls().size();
	}

	private void pass(Duration time) {
		this.fixture.time.advance(time);
	}

	@Test
	void aResultThatIsKeptAnswersTheSameCall() {
		CapturingObserver first = call("b", "a");
		answer(0, "a", "b");
		CapturingObserver second = call("b", "a");
		assertThat(first.value()).isEqualTo(List.of("a", "b"));
		assertThat(second.value()).isEqualTo(List.of("a", "b"));
		assertThat(sent()).isOne();
		assertThat(this.fixture.count("miss")).isOne();
		assertThat(this.fixture.count("hit")).isOne();
	}

	@Test
	void otherArgumentsAreAnotherCall() {
		call("a");
		call("b");
		assertThat(sent()).isEqualTo(2);
		answer(0, "a");
		answer(1, "b");
		assertThat(call("b").value()).isEqualTo(List.of("b"));
		assertThat(this.cache.entries).hasSize(2)
			.allSatisfy((key, entry) -> assertThat(key).startsWith("lists/Lists.sort:").doesNotContain(","));
	}

	@Test
	void aMethodThatKeepsNothingPasses() {
		CapturingObserver seen = this.fixture.call(CacheSettings.OFF, "a");
		answer(0, "a");
		assertThat(seen.value()).isEqualTo(List.of("a"));
		assertThat(this.fixture.meters.getMeters()).isEmpty();
	}

	@Test
	void argumentsThatCannotBeEncodedPassForTheProtocolToSayWhy() {
		Call call = this.fixture.send(this.settings, Duration.ofSeconds(1), null);
		fail(0, FailureKind.INTERNAL);
		assertThat(call.outcome()).isEqualTo(Failure.of(FailureKind.INTERNAL, "overloaded"));
		assertThat(this.cache.looks).isZero();
	}

	@Test
	@SuppressWarnings("unchecked")
	void whoChangesAResultChangesItForNobodyElse() {
		CapturingObserver first = call("a");
		CapturingObserver second = call("a");
		List<String> reply = list("x");
		this.fixture.server.last().end(Reply.of(reply));
		((List<String>) first.value()).add("poison");
		reply.add("poison");
		assertThat(second.value()).isEqualTo(List.of("x"));
		CapturingObserver third = call("a");
		((List<String>) third.value()).add("poison");
		assertThat(call("a").value()).isEqualTo(List.of("x"));
	}

	@Test
	void whoChangesAnArgumentAfterwardsChangesNoCall() {
		List<String> argument = list("a");
		this.fixture.send(this.settings, Duration.ofSeconds(1), argument);
		argument.add("b");
		assertThat(this.fixture.server.last().arguments()).containsExactly(List.of("a"));
		answer(0, "x");
		assertThat(call("a").value()).isEqualTo(List.of("x"));
	}

	@Test
	void aResultExpiresAfterItsTimeToLiveLessTheJitter() {
		call("a");
		answer(0, "x");
		pass(Duration.ofMillis(8999));
		assertThat(call("a").value()).isEqualTo(List.of("x"));
		pass(Duration.ofMillis(1));
		call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "y");
	}

	@Test
	void callsForTheSameAtTheSameMomentAreOne() {
		List<CapturingObserver> callers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			callers.add(call("a"));
		}
		assertThat(sent()).isOne();
		answer(0, "x");
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.value()).isEqualTo(List.of("x")));
		assertThat(this.fixture.count("miss")).isOne();
		assertThat(this.fixture.count("shared")).isEqualTo(4);
	}

	@Test
	void aFailureIsSharedButNotKept() {
		CapturingObserver first = call("a");
		CapturingObserver second = call("a");
		fail(0, FailureKind.REMOTE);
		assertThat(first.failure().reason()).isEqualTo("overloaded");
		assertThat(second.failure().reason()).isEqualTo("overloaded");
		CapturingObserver third = call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "x");
		assertThat(third.value()).isEqualTo(List.of("x"));
	}

	@Test
	void anExceptionOfTheInterfaceIsNotKept() {
		Exception declared = new Exception("limit");
		CapturingObserver first = call("a");
		this.fixture.server.last().end(Failure.declared(declared));
		assertThat(first.failure().cause()).isSameAs(declared);
		call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "x");
	}

	@Test
	void noResultIsNotKept() {
		CapturingObserver first = call("a");
		this.fixture.server.last().end(Reply.EMPTY);
		assertThat(first.value()).isNull();
		call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "x");
	}

	@Test
	void whoAsksAgainAsSoonAsItIsToldIsNotGivenAnAnswerThatIsNotToBeKept() {
		for (Reply reply : List.of(Reply.EMPTY, Reply.of(list("secret")))) {
			int before = sent();
			Call first = this.fixture.send(this.settings, Duration.ofSeconds(1), list("a"));
			first.onOutcome((ended, outcome) -> call("a"));
			this.fixture.server.last().end(reply);
			assertThat(sent()).isEqualTo(before + 2);
			this.fixture.server.last().end(Reply.EMPTY);
		}
	}

	@Test
	void aCancelledLeaderHarmsNoFollower() {
		Call leader = this.fixture.send(this.settings, Duration.ofSeconds(1), list("a"));
		CapturingObserver follower = call("a");
		leader.end(Failure.of(FailureKind.CANCELLED, "cancelled by the caller"));
		assertThat(this.fixture.server.pending()).isOne();
		answer(0, "x");
		assertThat(follower.value()).isEqualTo(List.of("x"));
		assertThat(call("a").value()).isEqualTo(List.of("x"));
	}

	@Test
	void whenTheLastHasGoneTheCallIsCancelled() {
		Call leader = this.fixture.send(this.settings, Duration.ofSeconds(1), list("a"));
		Call follower = this.fixture.send(this.settings, Duration.ofSeconds(1), list("a"));
		leader.end(Failure.of(FailureKind.CANCELLED, "cancelled by the caller"));
		follower.end(Failure.of(FailureKind.CANCELLED, "cancelled by the caller"));
		assertThat(this.fixture.server.last().outcome()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "x");
	}

	@Test
	void aServerThatLetsTheLastOneWaitIsBlamed() {
		CapturingObserver caller = call("a");
		pass(Duration.ofSeconds(10));
		assertThat(caller.failure()).isEqualTo(Failure.of(FailureKind.TIMEOUT, "no answer within 10000 ms"));
		assertThat(this.fixture.server.last().outcome()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aFollowerEndsByItsOwnDeadline() {
		CapturingObserver leader = call("a");
		Call follower = this.fixture.send(this.settings, Duration.ofMillis(30), list("a"));
		pass(Duration.ofMillis(30));
		assertThat(follower.outcome()).isEqualTo(Failure.of(FailureKind.TIMEOUT, "no answer within 30 ms"));
		answer(0, "x");
		assertThat(leader.value()).isEqualTo(List.of("x"));
	}

	@Test
	void aFollowerWithMoreTimeOutlivesItsLeader() {
		Call leader = this.fixture.send(this.settings, Duration.ofMillis(30), list("a"));
		CapturingObserver follower = call("a");
		CapturingObserver another = call("a");
		pass(Duration.ofMillis(30));
		assertThat(leader.outcome()).isInstanceOf(Failure.class);
		assertThat(follower.times()).isZero();
		assertThat(sent()).isEqualTo(2);
		answer(1, "x");
		assertThat(follower.value()).isEqualTo(List.of("x"));
		assertThat(another.value()).isEqualTo(List.of("x"));
	}

	@Test
	void aCallWhoseTimeIsOverIsNotSent() {
		Call late = this.fixture.send(this.settings, Duration.ZERO, list("a"));
		assertThat(late.outcome()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
		assertThat(sent()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void anOldResultStandsInForAFailure(FailureKind kind) {
		CacheSettings lenient = this.settings.withStaleIfError(Duration.ofSeconds(30));
		this.fixture.call(lenient, "a");
		answer(0, "x");
		pass(Duration.ofSeconds(38));
		CapturingObserver late = this.fixture.call(lenient, "a");
		fail(1, kind);
		assertThat(late.value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.count("stale")).isOne();
		pass(Duration.ofSeconds(1));
		CapturingObserver tooLate = this.fixture.call(lenient, "a");
		fail(2, kind);
		assertThat(tooLate.failure().kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@EnumSource(names = { "DECLARED", "INTERNAL", "CANCELLED" })
	void anOldResultDoesNotStandInForWhatIsNoFailureOfAServer(FailureKind kind) {
		CacheSettings lenient = this.settings.withStaleIfError(Duration.ofSeconds(30));
		this.fixture.call(lenient, "a");
		answer(0, "x");
		pass(Duration.ofSeconds(20));
		CapturingObserver late = this.fixture.call(lenient, "a");
		fail(1, kind);
		assertThat(late.failure().kind()).isEqualTo(kind);
	}

	@Test
	void anOldResultStandsInForTheTimeoutOfEachCaller() {
		CacheSettings lenient = this.settings.withStaleIfError(Duration.ofSeconds(30));
		this.fixture.call(lenient, "a");
		answer(0, "x");
		pass(Duration.ofSeconds(20));
		Call leader = this.fixture.send(lenient, Duration.ofMillis(30), list("a"));
		Call follower = this.fixture.send(lenient, Duration.ofMillis(50), list("a"));
		pass(Duration.ofMillis(30));
		assertThat(leader.outcome()).isEqualTo(Reply.of(List.of("x")));
		pass(Duration.ofMillis(20));
		assertThat(follower.outcome()).isEqualTo(Reply.of(List.of("x")));
		assertThat(this.fixture.server.pending()).isZero();
	}

	@Test
	void aResultIsAskedForAnewWhileItStillAnswers() {
		CacheSettings eager = this.settings.withRefreshAfter(Duration.ofSeconds(5));
		this.fixture.call(eager, "a");
		answer(0, "x");
		pass(Duration.ofMillis(4499));
		this.fixture.call(eager, "a");
		assertThat(sent()).isOne();
		pass(Duration.ofMillis(1));
		assertThat(this.fixture.call(eager, "a").value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.call(eager, "a").value()).isEqualTo(List.of("x"));
		assertThat(sent()).isEqualTo(2);
		assertThat(this.fixture.count("refresh")).isOne();
		answer(1, "y");
		assertThat(this.fixture.call(eager, "a").value()).isEqualTo(List.of("y"));
		pass(Duration.ofMillis(4500));
		this.fixture.call(eager, "a");
		assertThat(sent()).isEqualTo(3);
		answer(2, "z");
	}

	@Test
	void aRefreshThatFailedIsTriedAgainASecondLater() {
		CacheSettings eager = this.settings.withRefreshAfter(Duration.ofSeconds(5));
		this.fixture.call(eager, "a");
		answer(0, "x");
		pass(Duration.ofSeconds(5));
		this.fixture.call(eager, "a");
		fail(1, FailureKind.REMOTE);
		pass(Duration.ofMillis(999));
		assertThat(this.fixture.call(eager, "a").value()).isEqualTo(List.of("x"));
		assertThat(sent()).isEqualTo(2);
		pass(Duration.ofMillis(1));
		assertThat(this.fixture.call(eager, "a").value()).isEqualTo(List.of("x"));
		assertThat(sent()).isEqualTo(3);
		answer(2, "y");
	}

	@Test
	void whoMissesMeanwhileJoinsARefreshAndMayLeaveIt() {
		CacheSettings eager = this.settings.withRefreshAfter(Duration.ofSeconds(5))
			.withStaleIfError(Duration.ofSeconds(30));
		this.fixture.call(eager, "a");
		answer(0, "x");
		pass(Duration.ofSeconds(8));
		this.fixture.call(eager, "a");
		pass(Duration.ofSeconds(2));
		Call joined = this.fixture.send(eager, Duration.ofMillis(30), list("a"));
		CapturingObserver other = this.fixture.call(eager, "a");
		assertThat(sent()).isEqualTo(2);
		pass(Duration.ofMillis(30));
		assertThat(joined.outcome()).isEqualTo(Reply.of(List.of("x")));
		assertThat(this.fixture.server.pending()).isOne();
		fail(1, FailureKind.CONNECTION_LOST);
		assertThat(other.value()).isEqualTo(List.of("x"));
	}

	@Test
	void aClockThatWasPutBackKeepsNothingForEver() {
		call("a");
		answer(0, "x");
		this.fixture.shift = Duration.ofHours(-1);
		call("a");
		assertThat(sent()).isEqualTo(2);
		answer(1, "y");
		assertThat(call("a").value()).isEqualTo(List.of("y"));
	}

	@Test
	void aCacheThatFailsIsAsGoodAsNone() {
		this.cache.failing = true;
		CapturingObserver caller = call("a");
		answer(0, "x");
		assertThat(caller.value()).isEqualTo(List.of("x"));
		assertThat(this.fixture.count("error")).isEqualTo(3);
		this.cache.failing = false;
		call("a");
		answer(1, "y");
		assertThat(call("a").value()).isEqualTo(List.of("y"));
	}

	@Test
	void whatOthersWroteThereIsNoResult() {
		call("a");
		answer(0, "x");
		String key = this.cache.entries.keySet().iterator().next();
		for (byte[] entry : List.of(new byte[0], new byte[] { 2, 0, 0 },
				new CachedResult(0, Long.MAX_VALUE / 2, new byte[] { 'x' }).encode(),
				new CachedResult(0, 1, new byte[] { '#' }).encode())) {
			this.cache.entries.put(key, entry);
			CapturingObserver caller = call("a");
			this.fixture.server.last().end(Reply.of(list("y")));
			assertThat(caller.value()).isEqualTo(List.of("y"));
		}
		assertThat(sent()).isEqualTo(5);
	}

	@Test
	void aCallThatSaysWhoAsksOrIsAskedIsNeitherAnsweredFromWhatIsKeptNorKept() {
		for (CallOptions said : List.of(CallOptions.NONE.withHeader("authorization", "hers"),
				CallOptions.NONE.withMember("a:1"), CallOptions.NONE.withClientId("shop"))) {
			CallOptions options = CallOptions.of(CacheSettings.KEY, this.settings).withAll(said);
			int before = sent();
			CapturingObserver hers = CapturingObserver
				.of(this.fixture.send(options, Duration.ofSeconds(1), new ArrayList<>(List.of("a"))));
			CapturingObserver again = CapturingObserver
				.of(this.fixture.send(options, Duration.ofSeconds(1), new ArrayList<>(List.of("a"))));
			assertThat(sent()).isEqualTo(before + 2);
			answer(before, "hers");
			answer(before + 1, "hers");
			assertThat(hers.value()).isEqualTo(list("hers"));
			assertThat(again.value()).isEqualTo(list("hers"));
		}
		assertThat(this.cache.entries).isEmpty();
	}

	@Test
	void aResultThatCannotBeEncodedIsABugAndIsNotKept() {
		CapturingObserver caller = call("a");
		this.fixture.server.last().end(Reply.of(3));
		assertThat(caller.failure().kind()).isEqualTo(FailureKind.INTERNAL);
		assertThat(this.cache.entries).isEmpty();
		call("a");
		answer(1, "x");
	}

}
