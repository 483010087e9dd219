package io.scalesrpc.mux.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.mux.MuxFailure;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.mux.TleaseCodec;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a session sends, takes answers, discards, drains and ends.
 */
class MuxSessionTests {

	private static final Failure TIMEOUT = Failure.of(FailureKind.TIMEOUT, "no answer within 1000 ms");

	private MuxSessionHarness harness = new MuxSessionHarness();

	@AfterEach
	void close() {
		this.harness.close();
	}

	private void limits(TransportLimits limits, int maxPieceBytes) {
		this.harness.close();
		this.harness = new MuxSessionHarness(limits, maxPieceBytes);
	}

	private static FailureKind kind(Call call) {
		Outcome outcome = call.outcome();
		assertThat(outcome).as("outcome of %s", call.method()).isInstanceOf(Failure.class);
		return ((Failure) outcome).kind();
	}

	private static String reason(Call call) {
		return ((Failure) call.outcome()).reason();
	}

	private static Object value(Call call) {
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		return ((Reply) call.outcome()).value();
	}

	@Test
	void answersFindTheirCallsInWhateverOrderTheyCome() {
		this.harness.started();
		Call first = this.harness.dispatch("a");
		Call second = this.harness.dispatch("b");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.expect(MuxType.TDISPATCH, 3);
		this.harness.receive(this.harness.reply(3, "B"));
		this.harness.receive(this.harness.reply(2, "A"));
		assertThat(value(first)).isEqualTo("A");
		assertThat(value(second)).isEqualTo("B");
		assertThat(this.harness.session.status().pending()).isZero();
	}

	@Test
	void aTimeoutCostsAFrameAndNotTheConnection() {
		this.harness.started();
		Call call = this.harness.dispatch("slow");
		this.harness.expect(MuxType.TDISPATCH, 2);
		call.end(TIMEOUT);
		this.harness.run();
		ByteBuf discard = this.harness.sent();
		assertThat(MuxFrame.type(discard)).isEqualTo(MuxType.TDISCARDED_OLD);
		assertThat(MuxFrame.tag(discard)).isZero();
		assertThat(TdiscardedCodec.which(discard)).isEqualTo(2);
		assertThat(TdiscardedCodec.why(discard)).isEqualTo("no answer within 1000 ms");
		discard.release();
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.harness.count(MeterNames.DISCARDS)).isEqualTo(1);
	}

	@Test
	void theTagOfATimedOutCallStaysReservedUntilTheServerAnswers() {
		this.harness.started();
		this.harness.dispatch("slow").end(TIMEOUT);
		this.harness.run();
		assertThat(this.harness.session.owedTags()).isEqualTo(1);
		Call next = this.harness.dispatch("next");
		this.harness.receive(this.harness.reply(2, "the answer to slow"));
		assertThat(next.isEnded()).isFalse();
		assertThat(this.harness.session.owedTags()).isZero();
		assertThat(this.harness.count(MeterNames.LATE_REPLIES)).isEqualTo(1);
		this.harness.receive(this.harness.reply(3, "NEXT"));
		assertThat(value(next)).isEqualTo("NEXT");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anRdiscardedGivesTheTagBackAndIsNoLateReply() {
		this.harness.started();
		this.harness.dispatch("slow").end(TIMEOUT);
		this.harness.run();
		this.harness.receive(this.harness.empty(MuxType.RDISCARDED, 2));
		assertThat(this.harness.session.owedTags()).isZero();
		assertThat(this.harness.count(MeterNames.LATE_REPLIES)).isZero();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aRequestThatEndsBeforeItIsWrittenIsNeverSent() {
		this.harness.started();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		Call call = this.harness.dispatch("never");
		call.end(TIMEOUT);
		this.harness.run();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
		this.harness.run();
		this.harness.expectNothing();
		assertThat(this.harness.session.owedTags()).isZero();
		assertThat(this.harness.session.status().queuedBytes()).isZero();
	}

	@Test
	void aRequestGivenUpHalfWayIsDiscardedAndItsTagFreeAtOnce() {
		limits(TransportLimits.DEFAULT, 40_000);
		this.harness.started();
		this.harness.channel.pipeline().addFirst(new UnwritableAfterOneWrite());
		Call call = this.harness.dispatch("x".repeat(100_000));
		assertThat(tagAndMore(this.harness.sent())).isEqualTo("2+");
		call.end(TIMEOUT);
		this.harness.run();
		this.harness.expect(MuxType.TDISCARDED_OLD, 0);
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
		this.harness.expectNothing();
		assertThat(this.harness.session.owedTags()).isZero();
		assertThat(this.harness.session.status().queuedBytes()).isZero();
	}

	/** A peer that stops reading. <em>Confined to the event loop</em>. */
	private static final class UnwritableAfterOneWrite extends ChannelOutboundHandlerAdapter {

		@Override
		public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
			ctx.write(message, promise);
			ctx.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		}

	}

	@Test
	void aSlowReaderHoldsRequestsBackUntilItReadsAgain() {
		this.harness.started();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		Call call = this.harness.dispatch("later");
		this.harness.expectNothing();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
		this.harness.run();
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.receive(this.harness.reply(2, "x"));
		assertThat(value(call)).isEqualTo("x");
	}

	@Test
	void aFullWriteQueueRefusesCalls() {
		limits(new TransportLimits(16384, 100, 1024, 100), Integer.MAX_VALUE);
		this.harness.started();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		Call first = this.harness.dispatch("x".repeat(1000));
		Call second = this.harness.dispatch("x".repeat(1000));
		assertThat(first.isEnded()).isFalse();
		assertThat(kind(second)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(reason(second)).startsWith("bytes queued for a slow reader: ");
	}

	@Test
	void tooManyPendingCallsAreRefused() {
		limits(new TransportLimits(16384, 2, 8192, 100), Integer.MAX_VALUE);
		this.harness.started();
		this.harness.dispatch("a");
		this.harness.dispatch("b");
		Call third = this.harness.dispatch("c");
		assertThat(kind(third)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(reason(third)).isEqualTo("calls pending on the connection: 2 (expected: < 2)");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aDrainingServerGetsNoNewCallsAndFinishesTheOldOnes() {
		this.harness.started();
		Call running = this.harness.dispatch("running");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.receive(this.harness.empty(MuxType.TDRAIN, 5));
		this.harness.expect(MuxType.RDRAIN, 5);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.BUSY);
		assertThat(kind(this.harness.dispatch("new"))).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.channel.isOpen()).isTrue();
		this.harness.receive(this.harness.reply(2, "done"));
		assertThat(value(running)).isEqualTo("done");
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure()).isNull();
	}

	@Test
	void anIdleConnectionIsClosedAtOnceWhenTheServerDrains() {
		this.harness.started();
		this.harness.receive(this.harness.empty(MuxType.TDRAIN, 1));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure()).isNull();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anExpiredLeaseShowsButRefusesNobody() {
		this.harness.started();
		ByteBuf lease = TleaseCodec.encode(this.harness.channel.alloc(), 100).skipBytes(MuxFrame.LENGTH_BYTES);
		this.harness.receive(lease);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		this.harness.advance(Duration.ofMillis(100));
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.BUSY);
		Call call = this.harness.dispatch("anyway");
		this.harness.receive(this.harness.reply(2, "fine"));
		assertThat(value(call)).isEqualTo("fine");
		assertThat(this.harness.channel.isOpen()).isTrue();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aPingIsAnsweredWithItsOwnTag() {
		this.harness.started();
		this.harness.receive(this.harness.empty(MuxType.TPING, 42));
		this.harness.expect(MuxType.RPING, 42);
	}

	@Test
	void anUnansweredPingEndsTheConnection() {
		this.harness.expect(MuxType.TPING, 1);
		Call call = this.harness.dispatch("lost");
		this.harness.advance(Duration.ofMillis(3999));
		assertThat(this.harness.channel.isOpen()).isTrue();
		this.harness.advance(Duration.ofMillis(1));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(kind(call)).isEqualTo(FailureKind.UNKNOWN);
		assertThat(reason(call)).isEqualTo("no answer to a ping within 4000 ms");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void theNextPingGoesOutAnIntervalAfterTheLast() {
		this.harness.started();
		this.harness.advance(Duration.ofMillis(4999));
		this.harness.expectNothing();
		this.harness.advance(Duration.ofMillis(1));
		this.harness.expect(MuxType.TPING, 1);
	}

	@Test
	void severalTimeoutsWithoutAFrameBetweenThemAskForAPing() {
		this.harness.started();
		for (int i = 0; i < 3; i++) {
			this.harness.dispatch("silent").end(TIMEOUT);
			this.harness.run();
			this.harness.expect(MuxType.TDISPATCH, 2 + i);
			this.harness.expect(MuxType.TDISCARDED_OLD, 0);
		}
		this.harness.expect(MuxType.TPING, 1);
		this.harness.advance(Duration.ofSeconds(4));
		assertThat(this.harness.channel.isOpen()).isFalse();
	}

	@Test
	void aNackIsSafeToSendAgainUnlessTheServerSaysNo() {
		this.harness.started();
		Call nacked = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.NACK, Context.empty(), ""));
		assertThat(kind(nacked)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(((Failure) nacked.outcome()).nonRetryable()).isFalse();
		Call refused = this.harness.dispatch("b");
		Context flags = Context.empty().with(MuxFailure.KEY, new byte[] { 0, 0, 0, 0, 0, 0, 0, 6 });
		this.harness.receive(this.harness.reply(3, MuxStatus.NACK, flags, ""));
		assertThat(kind(refused)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(((Failure) refused.outcome()).nonRetryable()).isTrue();
		assertThat(List.of(nacked, refused)).allMatch((call) -> ((Failure) call.outcome()).nack());
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorTheServerRefusedTheCallWithIsANack() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.ERROR, Context.empty(), "boom"));
		assertThat(((Failure) failed.outcome()).nack()).isFalse();
		Call rejected = this.harness.dispatch("b");
		Context flags = Context.empty().with(MuxFailure.KEY, new byte[] { 0, 0, 0, 0, 0, 0, 0, 6 });
		this.harness.receive(this.harness.reply(3, MuxStatus.ERROR, flags, "overloaded"));
		assertThat(kind(rejected)).isEqualTo(FailureKind.REMOTE);
		assertThat(((Failure) rejected.outcome()).nack()).isTrue();
		assertThat(((Failure) rejected.outcome()).nonRetryable()).isTrue();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorIsRemoteUnlessTheServerSaysThatItMayBeRepeated() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.ERROR, Context.empty(), "boom"));
		assertThat(kind(failed)).isEqualTo(FailureKind.REMOTE);
		assertThat(reason(failed)).isEqualTo("server error: boom");
		Call rejected = this.harness.dispatch("b");
		Context flags = Context.empty().with(MuxFailure.KEY, new byte[] { 0, 0, 0, 0, 0, 0, 0, 1 });
		this.harness.receive(this.harness.reply(3, MuxStatus.ERROR, flags, "later"));
		assertThat(kind(rejected)).isEqualTo(FailureKind.NOT_SENT);
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aServerWritesNoLinesIntoOurLog() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.ERROR, Context.empty(), "x\r\nERROR all is lost"));
		assertThat(reason(failed)).isEqualTo("server error: x??ERROR all is lost");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anRerrFailsItsCallAndNoOther() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		ByteBuf error = RerrCodec.encode(this.harness.channel.alloc(), 2, "no").skipBytes(MuxFrame.LENGTH_BYTES);
		this.harness.receive(error);
		assertThat(kind(failed)).isEqualTo(FailureKind.REMOTE);
		this.harness.receive(this.harness.reply(3, "B"));
		assertThat(value(other)).isEqualTo("B");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aReplyToAnotherCallEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		this.harness.receive(this.harness.reply(2, "another call's"));
		assertThat(kind(victim)).isEqualTo(FailureKind.BUG);
		assertThat(kind(other)).isEqualTo(FailureKind.UNKNOWN);
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure()).isNotNull();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorOfTheMachineWhileDecodingEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, "overflow"));
		assertThat(kind(victim)).isEqualTo(FailureKind.BUG);
		assertThat(this.harness.channel.isOpen()).isFalse();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void answersToTagsNobodyHoldsAreDroppedUpToAPoint() {
		this.harness.started();
		for (int i = 0; i < 64; i++) {
			this.harness.receive(this.harness.reply(1000 + i, "whose?"));
		}
		assertThat(this.harness.channel.isOpen()).isTrue();
		this.harness.receive(this.harness.reply(7, "whose?"));
		assertThat(this.harness.channel.isOpen()).isFalse();
	}

	@Test
	void aMessageOnlyClientsSendEndsTheConnection() {
		this.harness.started();
		this.harness.receive(this.harness.empty(MuxType.RDRAIN, 1));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure().reason()).contains("Rdrain");
	}

	@Test
	void aOnewayCallEndsWhenItIsWrittenAndItsTagWhenItIsAnswered() {
		this.harness.started();
		Call call = this.harness.dispatch(MuxSessionHarness.ONEWAY, "zip");
		assertThat(call.outcome()).isEqualTo(Reply.EMPTY);
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.expectNothing();
		assertThat(this.harness.session.owedTags()).isEqualTo(1);
		this.harness.receive(this.harness.reply(2, ""));
		assertThat(this.harness.session.owedTags()).isZero();
		assertThat(this.harness.count(MeterNames.LATE_REPLIES)).isZero();
	}

	@Test
	void tooManyOwedTagsReplaceTheConnection() {
		limits(new TransportLimits(16384, 100, 8192, 2), Integer.MAX_VALUE);
		this.harness.started();
		Call patient = this.harness.dispatch("patient");
		for (int i = 0; i < 3; i++) {
			this.harness.dispatch("slow").end(TIMEOUT);
			this.harness.run();
		}
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.BUSY);
		this.harness.receive(this.harness.reply(2, "at last"));
		assertThat(value(patient)).isEqualTo("at last");
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure()).isNull();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aLostConnectionTellsWhatWasSentFromWhatWasNot() {
		this.harness.started();
		Call sent = this.harness.dispatch("sent");
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		Call queued = this.harness.dispatch("queued");
		this.harness.channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		this.harness.run();
		assertThat(kind(sent)).isEqualTo(FailureKind.UNKNOWN);
		assertThat(reason(sent)).isEqualTo("connection lost: Connection reset by peer");
		assertThat(kind(queued)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.harness.session.status().queuedBytes()).isZero();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aRequestThatCannotBeEncodedFailsAloneAndSendsNothing() {
		this.harness.started();
		Call call = this.harness.dispatch("unencodable");
		assertThat(kind(call)).isEqualTo(FailureKind.BUG);
		this.harness.expectNothing();
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aRequestLargerThanAFrameMayBeFailsAlone() {
		limits(new TransportLimits(1024, 100, 8192, 2), Integer.MAX_VALUE);
		this.harness.started();
		assertThat(kind(this.harness.dispatch("x".repeat(1100)))).isEqualTo(FailureKind.BUG);
		this.harness.expectNothing();
	}

	@Test
	void largeRequestsTakeTurnsInPieces() {
		limits(TransportLimits.DEFAULT, 64);
		this.harness.started();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		this.harness.dispatch("x".repeat(100));
		this.harness.dispatch("y".repeat(100));
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
		this.harness.run();
		assertThat(tagAndMore(this.harness.sent())).isEqualTo("2+");
		assertThat(tagAndMore(this.harness.sent())).isEqualTo("3+");
		assertThat(tagAndMore(this.harness.sent())).isEqualTo("2");
		assertThat(tagAndMore(this.harness.sent())).isEqualTo("3");
		this.harness.expectNothing();
	}

	private static String tagAndMore(ByteBuf frame) {
		String text = MuxFrame.tag(frame) + (MuxFrame.isFragment(frame) ? "+" : "");
		frame.release();
		return text;
	}

	@Test
	void anAnswerInPiecesIsPutTogether() {
		this.harness.started();
		Call call = this.harness.dispatch("a");
		ByteBuf whole = this.harness.reply(2, "abcdefgh");
		ByteBuf first = whole.copy(4, 8);
		first.setMedium(1, 2 | MuxFrame.FRAGMENT_BIT);
		ByteBuf second = this.harness.channel.alloc().buffer().writeInt(whole.getInt(4)).writeBytes(whole, 12, 7);
		whole.release();
		this.harness.receive(first);
		assertThat(call.isEnded()).isFalse();
		this.harness.receive(second);
		assertThat(value(call)).isEqualTo("abcdefgh");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void closingWaitsForTheCallsInFlightButNotForever() {
		this.harness.started();
		Call quick = this.harness.dispatch("quick");
		Call slow = this.harness.dispatch("slow");
		var closed = this.harness.connection.close(Duration.ofSeconds(2)).toCompletableFuture();
		this.harness.run();
		assertThat(kind(this.harness.dispatch("new"))).isEqualTo(FailureKind.NOT_SENT);
		this.harness.receive(this.harness.reply(2, "Q"));
		assertThat(value(quick)).isEqualTo("Q");
		assertThat(closed).isNotDone();
		this.harness.advance(Duration.ofSeconds(2));
		assertThat(kind(slow)).isEqualTo(FailureKind.UNKNOWN);
		assertThat(closed).isCompleted();
		this.harness.channel.releaseOutbound();
	}

}
