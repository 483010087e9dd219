package io.scalesrpc.mux.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.mux.Halves;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.mux.TleaseCodec;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a session sends, discards, drains and ends.
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

	@Test
	void answersFindTheirCallsInWhateverOrderTheyCome() {
		this.harness.started();
		Call first = this.harness.dispatch("a");
		Call second = this.harness.dispatch("b");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.expect(MuxType.TDISPATCH, 3);
		this.harness.receive(this.harness.reply(3, "B"));
		this.harness.receive(this.harness.reply(2, "A"));
		assertThat(MuxSessionHarness.value(first)).isEqualTo("A");
		assertThat(MuxSessionHarness.value(second)).isEqualTo("B");
		assertThat(this.harness.session.ending().occupancy().isIdle()).isTrue();
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
		assertThat(MuxSessionHarness.value(next)).isEqualTo("NEXT");
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
	void smallRequestsOfOneTurnAreOneWriteAndLargeOnesKeepTheirPlace() {
		this.harness.started();
		List<String> texts = List.of("a", "b".repeat(2000), "c", "d", "e".repeat(900));
		texts.forEach(this::queue);
		this.harness.run();
		assertThat(this.harness.channel.outboundMessages()).hasSize(3);
		for (int i = 0; i < texts.size(); i++) {
			ByteBuf frame = this.harness.sent();
			assertThat(MuxFrame.tag(frame)).isEqualTo(2 + i);
			assertThat(frame.toString(StandardCharsets.UTF_8)).endsWith(texts.get(i));
			frame.release();
		}
		this.harness.expectNothing();
	}

	/** Sends a call in the turn of the loop that goes on. */
	private void queue(String text) {
		Deadline deadline = Deadline.after(Duration.ofSeconds(1), this.harness.time.nanos());
		this.harness.connection.dispatch(Calls.call(Calls.METHOD, deadline, text));
	}

	@Test
	void moreRequestsThanOneWriteHoldsAreSeveral() {
		this.harness.started();
		for (int i = 0; i < 100; i++) {
			queue("x".repeat(500));
		}
		this.harness.run();
		assertThat(this.harness.channel.outboundMessages()).hasSize(4);
		for (int i = 0; i < 100; i++) {
			this.harness.expect(MuxType.TDISPATCH, 2 + i);
		}
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
		assertThat(this.harness.session.queue().bytes()).isZero();
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
		assertThat(this.harness.session.queue().bytes()).isZero();
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
		assertThat(MuxSessionHarness.value(call)).isEqualTo("x");
	}

	@Test
	void aFullWriteQueueRefusesCalls() {
		limits(new TransportLimits(16384, 100, 1024, 100), Integer.MAX_VALUE);
		this.harness.started();
		this.harness.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		Call first = this.harness.dispatch("x".repeat(1000));
		Call second = this.harness.dispatch("x".repeat(1000));
		assertThat(first.isEnded()).isFalse();
		assertThat(MuxSessionHarness.kind(second)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(MuxSessionHarness.reason(second)).startsWith("bytes queued for a slow reader: ");
	}

	@Test
	void tooManyPendingCallsAreRefused() {
		limits(new TransportLimits(16384, 2, 8192, 100), Integer.MAX_VALUE);
		this.harness.started();
		this.harness.dispatch("a");
		this.harness.dispatch("b");
		Call third = this.harness.dispatch("c");
		assertThat(MuxSessionHarness.kind(third)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(MuxSessionHarness.reason(third)).isEqualTo("calls pending on the connection: 2 (expected: < 2)");
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
		assertThat(MuxSessionHarness.kind(this.harness.dispatch("new"))).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.channel.isOpen()).isTrue();
		this.harness.receive(this.harness.reply(2, "done"));
		assertThat(MuxSessionHarness.value(running)).isEqualTo("done");
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure()).isNull();
	}

	@Test
	void anIdleConnectionIsClosedAtOnceWhenTheServerDrains() {
		this.harness.started();
		this.harness.receive(this.harness.empty(MuxType.TDRAIN, 1));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure()).isNull();
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
		assertThat(MuxSessionHarness.value(call)).isEqualTo("fine");
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
		assertThat(MuxSessionHarness.kind(call)).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(MuxSessionHarness.reason(call)).isEqualTo("no answer to a ping within 4000 ms");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void theNextPingGoesOutAnIntervalAfterTheLastOrASecondEarlierWithOthers() {
		this.harness.started();
		this.harness.advance(Duration.ofMillis(3999));
		this.harness.expectNothing();
		this.harness.advance(Duration.ofMillis(1001));
		this.harness.expect(MuxType.TPING, 1);
	}

	@Test
	void aConnectionThatNobodyCallsWakesTheLoopTwiceAMinute() {
		this.harness.started();
		rest(Duration.ofMinutes(1));
		assertThat(rest(Duration.ofMinutes(10))).isBetween(19, 20);
	}

	@Test
	void theCallThatEndsARestBringsAPingThatMustBeAnswered() {
		this.harness.started();
		rest(Duration.ofMinutes(1));
		Call call = this.harness.dispatch("first");
		this.harness.expect(MuxType.TPING, 1);
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.dispatch("second");
		this.harness.expect(MuxType.TDISPATCH, 3);
		this.harness.expectNothing();
		this.harness.advance(Duration.ofSeconds(4));
		assertThat(MuxSessionHarness.kind(call)).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void aConnectionOnWhichACallWaitsDoesNotRest() {
		this.harness.started();
		Call call = this.harness.dispatch("long");
		this.harness.expect(MuxType.TDISPATCH, 2);
		rest(Duration.ofMinutes(1));
		assertThat(rest(Duration.ofMinutes(1))).isBetween(11, 12);
		this.harness.receive(this.harness.reply(2, "fine"));
		assertThat(MuxSessionHarness.value(call)).isEqualTo("fine");
	}

	/** Answers each ping; how often the loop woke, each time for one. */
	private int rest(Duration duration) {
		long end = this.harness.time.nanos() + duration.toNanos();
		int wakes = 0;
		while (this.harness.time.nanos() + this.harness.time.untilNext().toNanos() - end < 0) {
			this.harness.advance(this.harness.time.untilNext());
			this.harness.started();
			wakes++;
		}
		return wakes;
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

	/** Half a frame, which the decoder holds back, in front of the pong. */
	@Test
	void bytesThatComeAreLife() {
		this.harness.channel.pipeline()
			.addBefore(this.harness.channel.pipeline().lastContext().name(), null, Halves.decoder(16384));
		this.harness.expect(MuxType.TPING, 1);
		Call call = this.harness.dispatch("large");
		this.harness.expect(MuxType.TDISPATCH, 2);
		ByteBuf answer = this.harness.reply(2, "x".repeat(1000));
		this.harness.receive(this.harness.channel.alloc().buffer().writeInt(answer.readableBytes()));
		for (int i = 0; i < 20; i++) {
			this.harness.receive(answer.readRetainedSlice(10));
			this.harness.advance(Duration.ofMillis(3900));
		}
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		this.harness.receive(answer);
		assertThat(MuxSessionHarness.value(call)).isEqualTo("x".repeat(1000));
		for (int i = 0; i < 3; i++) {
			this.harness.advance(Duration.ofSeconds(4));
		}
		assertThat(this.harness.session.ending().failure().reason()).isEqualTo("no answer to a ping within 4000 ms");
	}

	/** Garbage was read as the length of a frame, and answers disappear in it. */
	@Test
	void bytesWithoutAnyAnswerHaveTheConnectionReplacedAndEndNoCall() {
		this.harness.started();
		Call patient = this.harness.dispatch("patient");
		for (int i = 0; i < 3; i++) {
			this.harness.dispatch("silent").end(TIMEOUT);
			this.harness.run();
		}
		this.harness.channel.pipeline()
			.addAfter(this.harness.channel.pipeline().firstContext().name(), null, Halves.decoder(16384));
		this.harness.receive(this.harness.channel.alloc().buffer().writeInt(16000).writeInt(0xfe000002));
		this.harness.advance(Duration.ofSeconds(4));
		assertThat(this.harness.connection.isDraining()).isTrue();
		assertThat(patient.isEnded()).isFalse();
		this.harness.advance(Duration.ofSeconds(4));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(MuxSessionHarness.kind(patient)).isEqualTo(FailureKind.CONNECTION_LOST);
		this.harness.channel.releaseOutbound();
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
		assertThat(MuxSessionHarness.value(patient)).isEqualTo("at last");
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure()).isNull();
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
		assertThat(MuxSessionHarness.kind(sent)).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(MuxSessionHarness.reason(sent)).isEqualTo("connection lost: Connection reset by peer");
		assertThat(MuxSessionHarness.kind(queued)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.harness.session.queue().bytes()).isZero();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aRequestThatCannotBeEncodedFailsAloneAndSendsNothing() {
		this.harness.started();
		Call call = this.harness.dispatch("unencodable");
		assertThat(MuxSessionHarness.kind(call)).isEqualTo(FailureKind.INTERNAL);
		this.harness.expectNothing();
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aRequestLargerThanAFrameMayBeFailsAlone() {
		limits(new TransportLimits(1024, 100, 8192, 2), Integer.MAX_VALUE);
		this.harness.started();
		assertThat(MuxSessionHarness.kind(this.harness.dispatch("x".repeat(1100)))).isEqualTo(FailureKind.INTERNAL);
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
		assertThat(MuxSessionHarness.value(call)).isEqualTo("abcdefgh");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void closingWaitsForTheCallsInFlightButNotForever() {
		this.harness.started();
		Call quick = this.harness.dispatch("quick");
		Call slow = this.harness.dispatch("slow");
		var closed = this.harness.connection.close(Duration.ofSeconds(2)).toCompletableFuture();
		this.harness.run();
		assertThat(MuxSessionHarness.kind(this.harness.dispatch("new"))).isEqualTo(FailureKind.NOT_SENT);
		this.harness.receive(this.harness.reply(2, "Q"));
		assertThat(MuxSessionHarness.value(quick)).isEqualTo("Q");
		assertThat(closed).isNotDone();
		this.harness.advance(Duration.ofSeconds(2));
		assertThat(MuxSessionHarness.kind(slow)).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(closed).isCompleted();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void pingsOfConnectionsThatAreAnsweredAtDifferentTimesGoTogether() {
		assertThat(nextPing(Duration.ofMillis(3))).isEqualTo(nextPing(Duration.ofMillis(40)));
	}

	private static long nextPing(Duration answeredAfter) {
		try (MuxSessionHarness session = new MuxSessionHarness()) {
			session.expect(MuxType.TPING, MuxFrame.CONTROL_TAG);
			session.advance(answeredAfter);
			session.receive(session.empty(MuxType.RPING, MuxFrame.CONTROL_TAG));
			return session.time.nanos() + session.time.untilNext().toNanos();
		}
	}

}
