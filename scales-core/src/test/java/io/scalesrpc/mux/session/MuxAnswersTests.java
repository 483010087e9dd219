package io.scalesrpc.mux.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.mux.ByteBudget;
import io.scalesrpc.mux.MuxFailure;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxFrameDecoder;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.mux.TreqCodec;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers of a server mean for their calls, and for the connection.
 */
class MuxAnswersTests {

	private MuxSessionHarness harness = new MuxSessionHarness();

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aNackIsSafeToSendAgainUnlessTheServerSaysNo() {
		this.harness.started();
		Call nacked = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.NACK, Context.empty(), ""));
		assertThat(MuxSessionHarness.kind(nacked)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(((Failure) nacked.outcome()).nonRetryable()).isFalse();
		Call refused = this.harness.dispatch("b");
		Context flags = Context.empty().with(MuxFailure.KEY, new byte[] { 0, 0, 0, 0, 0, 0, 0, 6 });
		this.harness.receive(this.harness.reply(3, MuxStatus.NACK, flags, ""));
		assertThat(MuxSessionHarness.kind(refused)).isEqualTo(FailureKind.NOT_SENT);
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
		assertThat(MuxSessionHarness.kind(rejected)).isEqualTo(FailureKind.REMOTE);
		assertThat(((Failure) rejected.outcome()).nack()).isTrue();
		assertThat(((Failure) rejected.outcome()).nonRetryable()).isTrue();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorIsRemoteUnlessTheServerSaysThatItMayBeRepeated() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.ERROR, Context.empty(), "boom"));
		assertThat(MuxSessionHarness.kind(failed)).isEqualTo(FailureKind.REMOTE);
		assertThat(MuxSessionHarness.reason(failed)).isEqualTo("server error: boom");
		Call rejected = this.harness.dispatch("b");
		Context flags = Context.empty().with(MuxFailure.KEY, new byte[] { 0, 0, 0, 0, 0, 0, 0, 1 });
		this.harness.receive(this.harness.reply(3, MuxStatus.ERROR, flags, "later"));
		assertThat(MuxSessionHarness.kind(rejected)).isEqualTo(FailureKind.NOT_SENT);
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aServerWritesNoLinesIntoOurLog() {
		this.harness.started();
		Call failed = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, MuxStatus.ERROR, Context.empty(), "x\r\nERROR all is lost"));
		assertThat(MuxSessionHarness.reason(failed)).isEqualTo("server error: x??ERROR all is lost");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anRerrFailsItsCallAndNoOther() {
		this.harness.started();
		this.harness.dispatch("understood");
		Call failed = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		this.harness.receive(this.harness.reply(2, "UNDERSTOOD"));
		this.harness.receive(error(3));
		assertThat(MuxSessionHarness.kind(failed)).isEqualTo(FailureKind.REMOTE);
		this.harness.receive(this.harness.reply(4, "B"));
		assertThat(MuxSessionHarness.value(other)).isEqualTo("B");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aReplyToAnotherCallEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		this.harness.receive(this.harness.reply(2, "another call's"));
		assertThat(MuxSessionHarness.kind(victim)).isEqualTo(FailureKind.INTERNAL);
		assertThat(MuxSessionHarness.kind(other)).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure()).isNotNull();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorOfTheMachineWhileDecodingEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, "overflow"));
		assertThat(MuxSessionHarness.kind(victim)).isEqualTo(FailureKind.INTERNAL);
		assertThat(this.harness.channel.isOpen()).isFalse();
		this.harness.channel.releaseOutbound();
	}

	/** A server that answers everything twice. */
	@Test
	void strayAnswersAreCountedAndCostNothing() {
		this.harness.started();
		for (int i = 0; i < 5000; i++) {
			Call call = this.harness.dispatch("text " + i);
			ByteBuf request = this.harness.sent();
			int tag = MuxFrame.tag(request);
			request.release();
			this.harness.receive(this.harness.reply(tag, "answer " + i));
			this.harness.receive(this.harness.reply(tag, "answer " + i));
			assertThat(MuxSessionHarness.value(call)).isEqualTo("answer " + i);
		}
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.harness.count(MeterNames.LATE_REPLIES)).isEqualTo(5000);
	}

	@Test
	void aFloodOfStrayAnswersHasTheConnectionReplacedAndHarmsNoCall() {
		this.harness.started();
		Call waiting = this.harness.dispatch("waits");
		this.harness.expect(MuxType.TDISPATCH, 2);
		for (int i = 0; i < Strays.ALLOWED; i++) {
			this.harness.receive(this.harness.reply(1000 + i, "whose?"));
		}
		assertThat(this.harness.connection.isDraining()).isFalse();
		this.harness.receive(this.harness.reply(7, "whose?"));
		assertThat(this.harness.connection.isDraining()).isTrue();
		this.harness.receive(this.harness.reply(2, "at last"));
		assertThat(MuxSessionHarness.value(waiting)).isEqualTo("at last");
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure()).isNull();
	}

	@Test
	void strayAnswersNowAndThenAreNoFlood() {
		this.harness.started();
		for (int i = 0; i < 10 * Strays.ALLOWED; i++) {
			this.harness.receive(this.harness.reply(1000 + i, "whose?"));
			if (i % Strays.ALLOWED == 0) {
				this.harness.time.advance(Duration.ofSeconds(1));
			}
		}
		assertThat(this.harness.connection.isDraining()).isFalse();
	}

	@Test
	void aMessageOnlyClientsSendEndsTheConnection() {
		this.harness.started();
		this.harness.receive(this.harness.empty(MuxType.RDRAIN, 1));
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.ending().failure().reason()).contains("Rdrain");
	}

	private ByteBuf piece(int tag, String text) {
		ByteBuf piece = this.harness.reply(tag, text);
		piece.setInt(piece.readerIndex(), piece.getInt(piece.readerIndex()) | MuxFrame.FRAGMENT_BIT);
		return piece;
	}

	private ByteBuf rest(int tag, String text) {
		ByteBuf rest = this.harness.channel.alloc().buffer().writeByte(MuxType.RDISPATCH).writeMedium(tag);
		rest.writeCharSequence(text, StandardCharsets.UTF_8);
		return rest;
	}

	private void frames(int maxFrameBytes) {
		this.harness.close();
		this.harness = new MuxSessionHarness(new TransportLimits(maxFrameBytes, 100, 8192, 100), Integer.MAX_VALUE);
		this.harness.started();
	}

	@Test
	void answersInPiecesHaveEachTheirLimit() {
		frames(1024);
		List<Call> calls = List.of(this.harness.dispatch("a"), this.harness.dispatch("b"), this.harness.dispatch("c"));
		for (int tag = 2; tag < 5; tag++) {
			this.harness.receive(piece(tag, "x".repeat(1000)));
		}
		for (int tag = 2; tag < 5; tag++) {
			this.harness.receive(rest(tag, "end"));
		}
		assertThat(calls)
			.allSatisfy((call) -> assertThat(MuxSessionHarness.value(call)).isEqualTo("x".repeat(1000) + "end"));
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anAnswerInPiecesOverTheLimitFailsItsCallAndTheServerIsToldToStop() {
		frames(1024);
		Call large = this.harness.dispatch("large");
		Call other = this.harness.dispatch("other");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.expect(MuxType.TDISPATCH, 3);
		this.harness.receive(piece(2, "x".repeat(1000)));
		this.harness.receive(piece(2, "x".repeat(1000)));
		assertThat(MuxSessionHarness.kind(large)).isEqualTo(FailureKind.INTERNAL);
		assertThat(MuxSessionHarness.reason(large))
			.isEqualTo("answer over a limit of this client, message size: 2010 (expected: <= 1024)");
		this.harness.expect(MuxType.TDISCARDED_OLD, 0);
		assertThat(this.harness.session.owedTags()).isOne();
		assertThat(this.harness.session.halfBytes()).isZero();
		this.harness.receive(rest(2, "end"));
		assertThat(this.harness.session.owedTags()).isZero();
		this.harness.receive(this.harness.reply(3, "fine"));
		assertThat(MuxSessionHarness.value(other)).isEqualTo("fine");
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void theAnswerForWhichTheSumLeavesNoRoomFailsAlone() {
		frames(1024);
		for (int tag = 2; tag < 7; tag++) {
			this.harness.dispatch("call");
		}
		Call last = this.harness.dispatch("last");
		for (int tag = 2; tag < 6; tag++) {
			this.harness.receive(piece(tag, "x".repeat(1000)));
		}
		this.harness.receive(piece(7, "x".repeat(1000)));
		assertThat(MuxSessionHarness.kind(last)).isEqualTo(FailureKind.INTERNAL);
		assertThat(MuxSessionHarness.reason(last)).isEqualTo(
				"answer over a limit of this client, bytes of unfinished answers on the connection: 5035 (expected: <= 4096)");
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aWholeAnswerOverTheLimitFailsItsCallAlone() {
		frames(1024);
		Call large = this.harness.dispatch("large");
		this.harness.channel.pipeline().addFirst(new MuxFrameDecoder(1024, new ByteBudget("bytes", 4096)));
		this.harness.receive(this.harness.channel.alloc().buffer().writeInt(5000).writeInt(0xfe000002).writeZero(4996));
		assertThat(MuxSessionHarness.kind(large)).isEqualTo(FailureKind.INTERNAL);
		assertThat(MuxSessionHarness.reason(large))
			.isEqualTo("answer over a limit of this client, message size: 5000 (expected: <= 1024)");
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.harness.session.owedTags()).isZero();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void piecesOfAnAnswerThatNobodyWaitsForTakeNoRoom() {
		frames(1024);
		Call call = this.harness.dispatch("slow");
		this.harness.receive(piece(2, "x".repeat(500)));
		assertThat(this.harness.session.halfBytes()).isPositive();
		call.end(Failure.of(FailureKind.TIMEOUT, "no answer within 1000 ms"));
		this.harness.run();
		assertThat(this.harness.session.halfBytes()).isZero();
		this.harness.receive(piece(2, "x".repeat(500)));
		this.harness.receive(piece(3, "stray"));
		assertThat(this.harness.session.halfBytes()).isZero();
		this.harness.receive(rest(2, "end"));
		assertThat(this.harness.session.owedTags()).isZero();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aServerThatKnowsNoTdispatchIsSentATreq() {
		this.harness.started();
		Call call = this.harness.dispatch("old");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.receive(error(2));
		ByteBuf repeated = this.harness.sent();
		assertThat(MuxFrame.type(repeated)).isEqualTo(MuxType.TREQ);
		assertThat(MuxFrame.tag(repeated)).isEqualTo(2);
		assertThat(TreqCodec.body(repeated).toString(StandardCharsets.UTF_8)).isEqualTo("old");
		repeated.release();
		ByteBuf rreq = this.harness.channel.alloc().buffer().writeByte(MuxType.RREQ).writeMedium(2).writeByte(0);
		rreq.writeCharSequence("OLD", StandardCharsets.UTF_8);
		this.harness.receive(rreq);
		assertThat(MuxSessionHarness.value(call)).isEqualTo("OLD");
		Call next = this.harness.dispatch("next");
		this.harness.expect(MuxType.TREQ, 3);
		this.harness.receive(error(3));
		assertThat(MuxSessionHarness.kind(next)).isEqualTo(FailureKind.REMOTE);
		assertThat(this.harness.session.queue().bytes()).isZero();
	}

	@Test
	void anErrorAfterAnAnswerIsAnErrorOfTheServer() {
		this.harness.started();
		this.harness.dispatch("a");
		Call call = this.harness.dispatch("b");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.expect(MuxType.TDISPATCH, 3);
		this.harness.receive(this.harness.reply(2, "fine"));
		this.harness.receive(error(3));
		assertThat(MuxSessionHarness.kind(call)).isEqualTo(FailureKind.REMOTE);
		this.harness.expectNothing();
	}

	private ByteBuf error(int tag) {
		return RerrCodec.encode(this.harness.channel.alloc(), tag, "Unexpected mux message type 2")
			.skipBytes(MuxFrame.LENGTH_BYTES);
	}

}
