package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of calls with a bearer token, without a server. */
class BearerTokenFilterTests {

	private static final Reply OK = Reply.of(response(200));

	private final FakeSink server = FakeSink.holding();

	private final List<CompletableFuture<Void>> renewals = new ArrayList<>();

	private String token = "old";

	private final BearerTokenFilter filter = BearerTokenFilter.of(() -> this.token).refreshedBy(this::renew);

	private CompletionStage<Void> renew() {
		this.renewals.add(new CompletableFuture<>());
		return this.renewals.get(this.renewals.size() - 1);
	}

	private void renewed(int number, String newToken) {
		this.token = newToken;
		this.renewals.get(number).complete(null);
	}

	private CapturingObserver send() {
		Call call = Calls.call();
		CapturingObserver caller = CapturingObserver.of(call);
		this.filter.filter(call, this.server);
		return caller;
	}

	private List<String> sent() {
		return this.server.calls()
			.stream()
			.map((call) -> new String(call.context().get("authorization"), StandardCharsets.UTF_8))
			.toList();
	}

	private void answer(int number, Outcome outcome) {
		this.server.calls().get(number).end(outcome);
	}

	private static ScalesHttpResponse response(int status) {
		return new ScalesHttpResponse(status, "", HttpFields.of(), new byte[0]);
	}

	@Test
	void aCallHasTheTokenThatThereIs() {
		CapturingObserver first = send();
		answer(0, OK);
		this.token = "other";
		CapturingObserver second = send();
		answer(1, OK);
		assertThat(first.value()).isEqualTo(OK.value());
		assertThat(second.value()).isEqualTo(OK.value());
		assertThat(sent()).containsExactly("Bearer old", "Bearer other");
		assertThat(this.renewals).isEmpty();
	}

	@Test
	void aHeaderOfTheCallerStays() {
		Call call = Calls.call();
		call.context(Context.empty().with("authorization", "Basic x".getBytes(StandardCharsets.UTF_8)));
		this.filter.filter(call, this.server);
		assertThat(sent()).containsExactly("Basic x");
		answer(0, OK);
	}

	@Test
	void whoIsRefusedIsAskedOnceMoreWithANewToken() {
		CapturingObserver caller = send();
		answer(0, Reply.of(response(401)));
		assertThat(this.server.calls()).hasSize(1);
		renewed(0, "new");
		assertThat(sent()).containsExactly("Bearer old", "Bearer new");
		answer(1, OK);
		assertThat(caller.value()).isEqualTo(OK.value());
	}

	@Test
	void aStatusThatIsAFailureIsARefusalToo() {
		CapturingObserver caller = send();
		answer(0, HttpStatusException.failure(response(401)));
		renewed(0, "new");
		answer(1, OK);
		assertThat(caller.value()).isEqualTo(OK.value());
	}

	@Test
	void aSecondRefusalIsTheAnswer() {
		CapturingObserver caller = send();
		answer(0, Reply.of(response(401)));
		renewed(0, "new");
		Reply again = Reply.of(response(401));
		answer(1, again);
		assertThat(caller.value()).isSameAs(again.value());
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void theSameTokenIsNotSentAgain() {
		CapturingObserver caller = send();
		Reply refusal = Reply.of(response(401));
		answer(0, refusal);
		this.renewals.get(0).completeExceptionally(new IllegalStateException("no new token"));
		assertThat(caller.value()).isSameAs(refusal.value());
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void oneRenewalIsEnoughForAllThatWait() {
		CapturingObserver one = send();
		CapturingObserver other = send();
		answer(0, Reply.of(response(401)));
		answer(1, Reply.of(response(401)));
		assertThat(this.renewals).hasSize(1);
		renewed(0, "new");
		answer(2, OK);
		answer(3, OK);
		assertThat(one.value()).isEqualTo(OK.value());
		assertThat(other.value()).isEqualTo(OK.value());
		CapturingObserver later = send();
		answer(4, Reply.of(response(401)));
		assertThat(this.renewals).hasSize(2);
		renewed(1, "newer");
		answer(5, OK);
		assertThat(later.value()).isEqualTo(OK.value());
	}

	@Test
	void aTokenThatWasRenewedWhileACallWasOnItsWayIsNotRenewedAgain() {
		CapturingObserver slow = send();
		send();
		answer(1, Reply.of(response(401)));
		renewed(0, "new");
		answer(2, OK);
		answer(0, Reply.of(response(401)));
		assertThat(this.renewals).hasSize(1);
		answer(3, OK);
		assertThat(slow.value()).isEqualTo(OK.value());
	}

	@Test
	void noMoreWaitThanThereIsRoomFor() {
		List<CapturingObserver> callers = new ArrayList<>();
		for (int i = 0; i <= BearerTokenFilter.MAX_WAITING; i++) {
			callers.add(send());
			answer(i, Reply.of(response(401)));
		}
		assertThat(callers.get(BearerTokenFilter.MAX_WAITING).value()).isInstanceOf(ScalesHttpResponse.class);
		renewed(0, "old");
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.value()).isInstanceOf(ScalesHttpResponse.class));
	}

	@Test
	void aCallThatEndsMeanwhileIsNotSentAgain() {
		Call call = Calls.call();
		this.filter.filter(call, this.server);
		answer(0, Reply.of(response(401)));
		call.end(Failure.of(FailureKind.TIMEOUT, "too long"));
		renewed(0, "new");
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void withoutATokenNothingIsSent() {
		this.token = " ";
		assertThat(send().failure().reason()).startsWith("token: none");
		BearerTokenFilter failing = BearerTokenFilter.of(() -> {
			throw new IllegalStateException("no login");
		});
		Call call = Calls.call();
		CapturingObserver caller = CapturingObserver.of(call);
		failing.filter(call, this.server);
		assertThat(caller.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(caller.failure().nonRetryable()).isTrue();
		assertThat(caller.failure().reason()).contains("no login");
		assertThat(this.server.calls()).isEmpty();
	}

	@Test
	void otherFailuresAreThoseOfTheCall() {
		CapturingObserver caller = send();
		answer(0, Failure.of(FailureKind.REMOTE, "no"));
		assertThat(caller.failure().kind()).isEqualTo(FailureKind.REMOTE);
		assertThat(this.renewals).isEmpty();
	}

}
