package io.scalesrpc.transport.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What all protocols have in common, by one that sends nothing but names. */
class ChannelConnectionTests {

	private final FakeTime time = new FakeTime();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionStatus connectionStatus = new ConnectionStatus(2);

	private final List<Named> left = new ArrayList<>();

	private final SessionEnd ending = new SessionEnd(this.channel, this.connectionStatus,
			(failure) -> List.copyOf(this.left).forEach((exchange) -> exchange.lost(failure)));

	private final List<Call> unsent = new ArrayList<>();

	private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

	/** What happens while a call is encoded. */
	private Runnable encoding = () -> {
	};

	private boolean room = true;

	private int released;

	private final ChannelConnection connection = new ChannelConnection(() -> this.ending, this.time) {

		@Override
		protected Request encode(Call call) {
			ChannelConnectionTests.this.encoding.run();
			return new Named(call);
		}

	};

	ChannelConnectionTests() {
		this.connection.onUnsent(this.unsent::add);
		this.connection.onClosed((failure) -> this.ended.set((failure != null) ? failure.reason() : "in good order"));
	}

	@AfterEach
	void close() {
		this.ending.abort();
		this.channel.finishAndReleaseAll();
	}

	private Call dispatch(String name) {
		Call call = Calls.call(Calls.METHOD, Deadline.after(Duration.ofSeconds(9), this.time.nanos()), name);
		this.connection.dispatch(call);
		return call;
	}

	private Call sent(String name) {
		Call call = dispatch(name);
		this.channel.runPendingTasks();
		assertThat(this.channel.<Object>readOutbound()).isEqualTo(name);
		return call;
	}

	private static Failure failure(Call call) {
		assertThat(call.outcome()).isInstanceOf(Failure.class);
		return (Failure) call.outcome();
	}

	private void assertUnharmed() {
		this.channel.runPendingTasks();
		assertThat(this.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.connectionStatus.isIdle()).isTrue();
		assertThat(this.channel.<Object>readOutbound()).isNull();
	}

	private void assertEnded(String how) {
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.ended.get()).isEqualTo(how);
		assertThat(this.connectionStatus.isIdle()).isTrue();
	}

	@Test
	void aCallThatCannotBeEncodedIsABugAndHarmsNothing() {
		this.encoding = () -> {
			throw new StackOverflowError("deep");
		};
		assertThat(failure(dispatch("a")).kind()).isEqualTo(FailureKind.INTERNAL);
		assertUnharmed();
	}

	@Test
	void aCallForWhichThereIsNoRoomIsNotSentAndHarmsNothing() {
		this.room = false;
		assertThat(failure(dispatch("a"))).isEqualTo(Failure.of(FailureKind.NOT_SENT, "no room"));
		assertUnharmed();
		assertThat(this.released).isOne();
	}

	@Test
	void moreCallsThanItTakesAreRefusedAndNotGivenBack() {
		sent("a");
		sent("b");
		assertThat(failure(dispatch("c")).reason()).isEqualTo("calls pending on the connection: 2 (expected: < 2)");
		assertThat(this.unsent).isEmpty();
	}

	@Test
	void aCallThatIsGivenUpBeforeItIsWrittenIsNotSentAndHarmsNothing() {
		dispatch("a").end(Failure.of(FailureKind.CANCELLED, "by a test"));
		assertUnharmed();
		assertThat(this.released).isOne();
	}

	@Test
	void aCallThatIsGivenUpOnItsAnswerEndsTheConnectionInGoodOrder() {
		Call other = sent("a");
		sent("b").end(Failure.of(FailureKind.TIMEOUT, "by a test"));
		assertThat(failure(other))
			.isEqualTo(Failure.of(FailureKind.CONNECTION_LOST, "connection closed by this client"));
		assertEnded("in good order");
		assertThat(this.released).isZero();
	}

	@Test
	void callsOnTheirWayAreGivenBackByAConnectionThatDrainsAndThenItEnds() {
		Call call = dispatch("a");
		this.ending.drain();
		assertThat(this.channel.isOpen()).isTrue();
		assertEnded("in good order");
		assertThat(this.unsent).containsExactly(call);
		assertThat(call.isEnded()).isFalse();
		call.end(Reply.EMPTY);
		assertThat(this.released).isOne();
	}

	/** It was counted when the connection looked whether it has calls. */
	@Test
	void aConnectionThatDrainsEndsThoughItsLastCallWasNeverSent() {
		this.encoding = () -> {
			this.ending.drain();
			throw new IllegalArgumentException("by a test");
		};
		dispatch("a");
		assertEnded("in good order");
	}

	@Test
	void aConnectionThatDrainsEndsThoughThereIsNoRoomForItsLastCall() {
		this.room = false;
		this.encoding = this.ending::drain;
		dispatch("a");
		assertEnded("in good order");
	}

	@Test
	void aConnectionThatDrainsEndsWithItsLastAnswer() {
		Call call = sent("a");
		this.connection.close(Duration.ofSeconds(1));
		this.channel.runPendingTasks();
		assertThat(this.connection.isDraining()).isTrue();
		this.left.get(0).end(Reply.of("answer"));
		assertThat(call.outcome()).isEqualTo(Reply.of("answer"));
		assertEnded("in good order");
	}

	@Test
	void aConnectionThatDrainsEndsWithItsGrace() {
		Call call = sent("a");
		this.connection.close(Duration.ofSeconds(1));
		this.time.advance(Duration.ofSeconds(1));
		assertEnded("in good order");
		assertThat(failure(call).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void aServerThatOwesNothingMayEndTheConnection() {
		sent("a");
		this.left.get(0).end(Reply.of("answer"));
		this.ending.closedByPeer();
		assertEnded("in good order");
	}

	@Test
	void aServerThatEndsTheConnectionWhileItOwesAnAnswerLosesIt() {
		Call call = sent("a");
		this.ending.closedByPeer();
		assertThat(failure(call).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertEnded("connection closed by the server");
	}

	@Test
	void whatIsThrownSaysWhetherItIsTheConnectionOrItsBytes() {
		this.ending.thrown(new IOException("reset"));
		assertEnded("connection lost: reset");
		SessionEnd other = new SessionEnd(new EmbeddedChannel(), new ConnectionStatus(1), (failure) -> {
		});
		other.thrown(new IllegalStateException("odd\nwords"));
		assertThat(other.failure().reason()).isEqualTo("bytes that make no sense: odd?words");
	}

	@Test
	void anAnswerThatMakesNoSenseEndsItsCallWhenNobodyElseGetsTheConnectionAnyMore() {
		Call call = sent("a");
		List<SinkState> seen = new ArrayList<>();
		call.onOutcome((ended, outcome) -> seen.add(this.connection.state()));
		this.left.get(0).makesNoSense(new IllegalArgumentException("by a test"));
		assertThat(seen).containsExactly(SinkState.CLOSED);
		assertThat(failure(call).kind()).isEqualTo(FailureKind.INTERNAL);
	}

	@Test
	void aStreamedAnswerHoldsTheConnectionLongerThanItsCall() {
		Call call = sent("a");
		assertThat(this.left.get(0).streams()).isTrue();
		call.end(Reply.of("head"));
		assertThat(this.connectionStatus.isIdle()).isFalse();
		assertThat(this.channel.isOpen()).isTrue();
		this.left.get(0).over();
		assertUnharmed();
	}

	/** A call whose request is its first argument. */
	private final class Named extends Exchange<ChannelSession> {

		Named(Call call) {
			super(() -> ChannelConnectionTests.this.ending, call);
		}

		@Override
		public boolean enqueue() {
			if (!ChannelConnectionTests.this.room) {
				refuse("no room");
			}
			return ChannelConnectionTests.this.room;
		}

		@Override
		protected void send() {
			written();
			ChannelConnectionTests.this.left.add(this);
			ChannelConnectionTests.this.channel.writeAndFlush(call().arguments()[0]);
		}

		@Override
		protected void release(boolean unsent) {
			ChannelConnectionTests.this.left.remove(this);
			ChannelConnectionTests.this.released += unsent ? 1 : 0;
		}

	}

}
