package io.scalesrpc.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.testing.ScriptedServer.Act;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a failure means, whatever the protocol, for those protocols whose connections are
 * ours (docs/decisions/0027): what the call gets, what becomes of the connection, and
 * that a member which is well stays in service and the next call is answered. There is
 * one member, so that nobody else can stand in for it. <em>Confined to the thread that
 * runs the tests.</em>
 *
 * @param <T> the interface of the client
 */
public abstract class ConnectionContract<T> extends ProtocolContract<T> {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 2_000);

	private static final int MAX_BYTES = 65_536;

	private static final TransportLimits LIMITS = new TransportLimits(MAX_BYTES, 1000, 1 << 20, 1000);

	private static final Duration TIMEOUT = Duration.ofMillis(150);

	@Override
	protected final ScriptedServer start() throws IOException {
		return new ScriptedServer(language());
	}

	@Override
	protected final ClientBuilder<T> client(String uri) {
		return builder(uri).limits(LIMITS);
	}

	/** What the server speaks. */
	protected abstract ScriptedServer.Language language();

	/** Begins to build a client. */
	protected abstract ClientBuilder<T> builder(String uri);

	/** Begins to build a client whose codec stumbles. */
	protected abstract ClientBuilder<T> stumbling(String uri, Stumbling stumbling);

	/** Whether calls share a connection. */
	protected abstract boolean isShared();

	/** Whether a connection lives on after an answer that is too large. */
	protected boolean outlivesLargeAnswers() {
		return false;
	}

	/** Whether there are answers whose end is known and whose content is unreadable. */
	protected boolean hasUnreadableAnswers() {
		return true;
	}

	/** Whether an answer tells which request it is for. */
	protected boolean tellsAnswersApart() {
		return true;
	}

	private ScriptedServer scripted() {
		return (ScriptedServer) server();
	}

	private void answers(T proxy, String text) {
		try {
			assertThat(seen(call(proxy, text))).isEqualTo(answerTo(text));
		}
		catch (Exception ex) {
			throw new AssertionError("call of " + text + " (expected: an answer)", ex);
		}
	}

	private FailureKind failureOf(T proxy, String text) {
		Throwable thrown = catchThrowable(() -> call(proxy, text));
		assertThat(thrown).isInstanceOf(ScalesException.class);
		return ((ScalesException) thrown).kind();
	}

	private List<CompletableFuture<?>> inFlight(T proxy, int count) {
		int before = scripted().requests();
		List<CompletableFuture<?>> calls = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			calls.add(callAsync(proxy, "in flight " + i));
		}
		Eventually.await("requests", () -> scripted().requests() == before + count);
		return calls;
	}

	private static void assertLost(CompletableFuture<?> call) {
		assertThat(catchThrowable(() -> call.get(LONG.toSeconds(), TimeUnit.SECONDS)).getCause())
			.isInstanceOf(ConnectionLostException.class);
	}

	private void awaitNoConnection() {
		Eventually.await("no connection", () -> scripted().open() == 0);
	}

	private void awaitEndAfter(double ended) {
		Eventually.await("the end of a connection", () -> endedConnections() > ended);
	}

	private static SinkState stateOf(ClientHandle<?> client) {
		return client.view().members().get(0).state();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anIdleConnectionThatEndsCostsNoCall(boolean reset) {
		ClientHandle<T> client = client(LONG);
		for (int i = 0; i < 20; i++) {
			answers(client.proxy(), "call " + i);
			double ended = endedConnections();
			scripted().endAll(reset);
			awaitEndAfter(ended);
			assertThat(stateOf(client)).isNotEqualTo(SinkState.CLOSED);
		}
	}

	@Test
	void aServerThatEndsTheConnectionAfterEachAnswerIsWell() {
		T proxy = client(LONG).proxy();
		scripted().otherwise(() -> Act.ANSWER_AND_FIN);
		for (int i = 0; i < 50; i++) {
			double ended = endedConnections();
			answers(proxy, "call " + i);
			awaitEndAfter(ended);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsInFlightAreLostWithTheirConnectionAndTheNextIsAnswered(boolean reset) {
		ClientHandle<T> client = client(LONG);
		answers(client.proxy(), "before");
		for (int i = 0; i < 5; i++) {
			scripted().treat(UnrulyServer.Manner.SILENCE);
			List<CompletableFuture<?>> calls = inFlight(client.proxy(), 3);
			scripted().endAll(reset);
			calls.forEach(ConnectionContract::assertLost);
			scripted().treat(UnrulyServer.Manner.ANSWER);
			answers(client.proxy(), "after");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "FIN", "RESET", "HALF_AND_FIN", "HALF_AND_RESET" })
	void anAnswerThatBreaksOffLosesItsCallAndTheNextIsAnswered(Act act) {
		T proxy = client(LONG).proxy();
		for (int i = 0; i < 10; i++) {
			answers(proxy, "before");
			scripted().next(act);
			assertThat(failureOf(proxy, "lost")).isEqualTo(FailureKind.CONNECTION_LOST);
		}
		answers(proxy, "after");
	}

	/** Nobody is refused while there could be a connection in time. */
	@ParameterizedTest
	@EnumSource(names = { "FIN", "RESET", "HALF_AND_FIN", "NONSENSE" })
	void aServerThatNeverAnsweredIsTriedAgainWhileCallsWait(Act act) {
		T proxy = client(LONG).proxy();
		scripted().next(act, act, act);
		for (int i = 0; i < 3; i++) {
			assertThat(failureOf(proxy, "lost")).isIn(FailureKind.CONNECTION_LOST, FailureKind.INTERNAL);
		}
		answers(proxy, "after");
	}

	@Test
	void anAnswerOverALimitOfOursCostsItsCallAndSaysWhoseLimitItWas() {
		T proxy = client(LONG).proxy();
		answers(proxy, "before");
		for (int i = 0; i < 5; i++) {
			scripted().next(Act.LARGE);
			assertThat(catchThrowable(() -> call(proxy, "large"))).isInstanceOf(ScalesException.class)
				.hasMessageContaining(String.valueOf(MAX_BYTES));
			answers(proxy, "after");
		}
		assertThat(scripted().accepted()).isEqualTo(outlivesLargeAnswers() ? 1 : 6);
	}

	@Test
	void anAnswerThatCannotBeReadCostsItsCallAlone() {
		assumeTrue(hasUnreadableAnswers());
		T proxy = client(LONG).proxy();
		for (int i = 0; i < 5; i++) {
			scripted().next(Act.UNREADABLE);
			assertThat(failureOf(proxy, "unreadable")).isEqualTo(FailureKind.INTERNAL);
			answers(proxy, "after");
		}
		assertThat(scripted().accepted()).isOne();
	}

	@Test
	void bytesThatMakeNoSenseCostTheirConnectionAndNoMore() {
		T proxy = client(LONG).proxy();
		answers(proxy, "before");
		for (int i = 0; i < 5; i++) {
			scripted().next(Act.NONSENSE);
			assertThat(failureOf(proxy, "nonsense")).isIn(FailureKind.CONNECTION_LOST, FailureKind.INTERNAL);
			answers(proxy, "after");
		}
		assertThat(scripted().accepted()).isEqualTo(6);
	}

	@Test
	void bytesThatMakeNoSenseLoseTheOthersOnTheConnection() {
		assumeTrue(isShared());
		T proxy = client(LONG).proxy();
		answers(proxy, "before");
		scripted().treat(UnrulyServer.Manner.SILENCE);
		List<CompletableFuture<?>> others = inFlight(proxy, 3);
		scripted().next(Act.NONSENSE);
		callAsync(proxy, "nonsense");
		others.stream().skip(1).forEach(ConnectionContract::assertLost);
		scripted().treat(UnrulyServer.Manner.ANSWER);
		answers(proxy, "after");
	}

	/** Every second time it is an error. */
	@Test
	void aDecoderThatThrowsCostsNoMoreThanItsConnection() {
		Random always = new Random() {

			private static final long serialVersionUID = 1L;

			private int times;

			@Override
			public int nextInt(int bound) {
				return switch (this.times++ % 12) {
					case 4 -> 0;
					case 8 -> 1;
					default -> 9;
				};
			}
		};
		try (ClientHandle<T> client = stumbling(server().uri(), new Stumbling(always, 10)).timeout(LONG)
			.closeGrace(Duration.ZERO)
			.build()) {
			int failed = 0;
			for (int i = 0; i < 60; i++) {
				String text = "call " + i;
				Throwable thrown = catchThrowable(() -> assertThat(seen(call(client.proxy(), text))).isEqualTo(text));
				failed += (thrown != null) ? 1 : 0;
				assertThat(thrown).satisfiesAnyOf((none) -> assertThat(none).isNull(),
						(ex) -> assertThat(ex).isInstanceOf(ScalesException.class)
							.hasStackTraceContaining("thrown by a test"));
			}
			assertThat(failed).isBetween(10, 30);
		}
	}

	@Test
	void aServerThatSaysItWillEndTheConnectionIsWell() {
		T proxy = client(LONG).proxy();
		for (int i = 0; i < 20; i++) {
			scripted().next(Act.GOODBYE);
			answers(proxy, "last of a connection");
			scripted().drainAll();
			answers(proxy, "first of the next");
		}
	}

	@Test
	void callsInFlightAreAnsweredOnAConnectionThatWillEnd() throws Exception {
		T proxy = client(LONG).proxy();
		List<CompletableFuture<?>> calls = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			calls.add(callAsync(proxy, "call " + i));
			if (i % 10 == 5) {
				scripted().next(Act.GOODBYE);
			}
		}
		for (int i = 0; i < 100; i++) {
			assertThat(seen(calls.get(i).get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(answerTo("call " + i));
		}
	}

	/** Each fifth call has an answer that is bad in some way; the others have not. */
	@ParameterizedTest
	@EnumSource(names = { "HALF_AND_FIN", "RESET", "LARGE", "UNREADABLE", "NONSENSE" })
	void oneBadCallCostsOneCall(Act act) {
		T proxy = client(LONG).proxy();
		for (int i = 0; i < 50; i++) {
			if (i % 5 == 4 && (act != Act.UNREADABLE || hasUnreadableAnswers())) {
				scripted().next(act);
				failureOf(proxy, "bad");
			}
			else {
				answers(proxy, "call " + i);
			}
		}
	}

	/** The bug that Scales was born from: every call gets the answer of another. */
	@Test
	@Tag("soak")
	void noAnswerReachesAnotherCallHoweverTheServerMisbehaves() throws Exception {
		Random random = new Random(20261129);
		EchoLoad load = new EchoLoad(TIMEOUT.plusSeconds(3));
		try (ClientHandle<T> client = stumbling(server().uri(), new Stumbling(new Random(1), 5000)).timeout(TIMEOUT)
			.closeGrace(Duration.ZERO)
			.limits(LIMITS)
			.build()) {
			scripted().otherwise(() -> act(random));
			load.run((text) -> callAsync(client.proxy(), text).thenApply((answer) -> String.valueOf(seen(answer))),
					CALLS, 32, isShared() ? 200 : 20, new Random(2));
		}
		load.assertInOrder(CALLS);
		awaitNoConnection();
	}

	private Act act(Random random) {
		Act[] all = Act.values();
		int choice;
		synchronized (random) {
			choice = random.nextInt(40 * all.length);
		}
		Act act = (choice < all.length) ? all[choice] : Act.ANSWER;
		return (act == Act.THE_ONE_BEFORE && !tellsAnswersApart()) ? Act.TWICE : act;
	}

}
