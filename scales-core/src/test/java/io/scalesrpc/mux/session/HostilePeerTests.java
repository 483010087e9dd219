package io.scalesrpc.mux.session;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session makes of a server that breaks the rules. The test is the server.
 */
class HostilePeerTests {

	private static final Failure TIMEOUT = Failure.of(FailureKind.TIMEOUT, "no answer within 1000 ms");

	private MuxSessionHarness harness = new MuxSessionHarness();

	@AfterEach
	void close() {
		this.harness.close();
	}

	private void pieces(int maxPieceBytes) {
		this.harness.close();
		this.harness = new MuxSessionHarness(TransportLimits.DEFAULT, maxPieceBytes);
	}

	private void writable(boolean writable) {
		ChannelOutboundBuffer buffer = this.harness.channel.unsafe().outboundBuffer();
		buffer.setUserDefinedWritability(1, writable);
		this.harness.run();
	}

	private ByteBuf piece(int tag, String text) {
		ByteBuf piece = this.harness.reply(tag, text);
		piece.setInt(piece.readerIndex(), piece.getInt(piece.readerIndex()) | MuxFrame.FRAGMENT_BIT);
		return piece;
	}

	private ByteBuf error(int tag) {
		return RerrCodec.encode(this.harness.channel.alloc(), tag, "no").skipBytes(MuxFrame.LENGTH_BYTES);
	}

	private static FailureKind kind(Call call) {
		return ((Failure) call.outcome()).kind();
	}

	@Test
	void anAnswerToARequestThatWasNeverSentEndsTheConnectionAndTheCallAsNotSent() {
		this.harness.started();
		writable(false);
		Call call = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, "made up"));
		assertThat(kind(call)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aDiscardOfARequestThatWasNeverSentEndsTheConnectionAndTheCallAsNotSent() {
		this.harness.started();
		writable(false);
		Call call = this.harness.dispatch("a");
		this.harness.receive(this.harness.empty(MuxType.RDISCARDED, 2));
		assertThat(kind(call)).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void anAnswerToAHalfSentRequestIsTakenAndTheServersHalfIsDiscarded() {
		pieces(8);
		this.harness.started();
		writable(false);
		Call call = this.harness.dispatch("more than eight bytes of body");
		writeOnePiece();
		this.harness.receive(error(2));
		assertThat(kind(call)).isEqualTo(FailureKind.REMOTE);
		this.harness.expect(MuxType.TDISCARDED_OLD, 0);
		assertThat(this.harness.session.owedTags()).isZero();
		writable(true);
		this.harness.expectNothing();
		assertThat(this.harness.session.queue().bytes()).isZero();
	}

	/** The channel takes one write and then no more for now. */
	private void writeOnePiece() {
		this.harness.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

			@Override
			public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
				ctx.write(message, promise);
				ctx.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
				ctx.pipeline().remove(this);
			}

		});
		writable(true);
		ByteBuf piece = this.harness.sent();
		assertThat(MuxFrame.isFragment(piece)).isTrue();
		piece.release();
	}

	@Test
	void aHalfReplyIsForgottenWhenItsCallFails() {
		this.harness.started();
		Call first = this.harness.dispatch("a");
		this.harness.expect(MuxType.TDISPATCH, 2);
		this.harness.receive(piece(2, "stale "));
		this.harness.receive(error(2));
		assertThat(kind(first)).isEqualTo(FailureKind.REMOTE);
		assertThat(this.harness.session.halfBytes()).isZero();
	}

	@Test
	void requestsThatWereGivenUpDoNotPileUpBehindASlowReader() {
		this.harness.started();
		writable(false);
		for (int i = 0; i < 10_000; i++) {
			this.harness.dispatch("text " + i).end(TIMEOUT);
		}
		this.harness.run();
		assertThat(this.harness.session.queuedRequests()).isLessThan(200);
		assertThat(this.harness.session.queue().bytes()).isZero();
		Call last = this.harness.dispatch("last");
		writable(true);
		ByteBuf frame = this.harness.sent();
		int tag = MuxFrame.tag(frame);
		frame.release();
		this.harness.expectNothing();
		this.harness.receive(this.harness.reply(tag, "LAST"));
		assertThat(((Reply) last.outcome()).value()).isEqualTo("LAST");
	}

	@Test
	void pingsFromAServerThatNeverReadsTheAnswersEndTheConnection() {
		this.harness.close();
		this.harness = new MuxSessionHarness(new TransportLimits(1024, 16, 1024, 16), Integer.MAX_VALUE);
		this.harness.started();
		this.harness.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

			@Override
			public void flush(ChannelHandlerContext ctx) {
				// the socket takes nothing
			}

		});
		this.harness.channel.config().setWriteBufferLowWaterMark(0).setWriteBufferHighWaterMark(1);
		for (int i = 0; i < 10_000 && this.harness.connection.state() == SinkState.OPEN; i++) {
			this.harness.channel.pipeline().fireChannelRead(this.harness.empty(MuxType.TPING, 1));
		}
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aServerThatAnswersPingsWithAnErrorIsAlive() {
		this.harness.expect(MuxType.TPING, MuxFrame.CONTROL_TAG);
		this.harness.receive(error(MuxFrame.CONTROL_TAG));
		this.harness.advance(Duration.ofMillis(4500));
		assertThat(this.harness.connection.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void theLastOnewayRequestOfADrainingConnectionIsSent() {
		this.harness.started();
		writable(false);
		Call call = this.harness.dispatch(MuxSessionHarness.ONEWAY, "fire");
		this.harness.channel.pipeline().fireChannelRead(this.harness.empty(MuxType.TDRAIN, 5));
		assertThat(call.isEnded()).isFalse();
		writable(true);
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		this.harness.expect(MuxType.RDRAIN, 5);
		this.harness.expect(MuxType.TDISPATCH, 2);
	}

}
