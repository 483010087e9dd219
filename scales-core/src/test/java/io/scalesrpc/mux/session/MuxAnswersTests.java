package io.scalesrpc.mux.session;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.mux.MuxFailure;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers of a server mean for their calls, and for the connection.
 */
class MuxAnswersTests {

	private final MuxSessionHarness harness = new MuxSessionHarness();

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
		Call failed = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		ByteBuf error = RerrCodec.encode(this.harness.channel.alloc(), 2, "no").skipBytes(MuxFrame.LENGTH_BYTES);
		this.harness.receive(error);
		assertThat(MuxSessionHarness.kind(failed)).isEqualTo(FailureKind.REMOTE);
		this.harness.receive(this.harness.reply(3, "B"));
		assertThat(MuxSessionHarness.value(other)).isEqualTo("B");
		this.harness.channel.releaseOutbound();
	}

	@Test
	void aReplyToAnotherCallEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		Call other = this.harness.dispatch("b");
		this.harness.receive(this.harness.reply(2, "another call's"));
		assertThat(MuxSessionHarness.kind(victim)).isEqualTo(FailureKind.BUG);
		assertThat(MuxSessionHarness.kind(other)).isEqualTo(FailureKind.UNKNOWN);
		assertThat(this.harness.channel.isOpen()).isFalse();
		assertThat(this.harness.session.failure()).isNotNull();
		this.harness.channel.releaseOutbound();
	}

	@Test
	void anErrorOfTheMachineWhileDecodingEndsTheConnection() {
		this.harness.started();
		Call victim = this.harness.dispatch("a");
		this.harness.receive(this.harness.reply(2, "overflow"));
		assertThat(MuxSessionHarness.kind(victim)).isEqualTo(FailureKind.BUG);
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

}
