package io.scalesrpc.server;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.FragmentWriter;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerFragmentTests {

	private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

	private static final String LARGE = "x".repeat(500);

	private final PeerServer peer = new PeerServer((builder) -> builder.maxFrameBytes(4096));

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void piecesOfTwoRequestsTakingTurnsArePutTogether() {
		try (MuxProbe probe = this.peer.negotiated()) {
			FragmentWriter first = pieces(2, "first " + LARGE);
			FragmentWriter second = pieces(3, "second " + LARGE);
			while (first.hasNext() || second.hasNext()) {
				if (first.hasNext()) {
					probe.write(first.next(ALLOCATOR));
				}
				if (second.hasNext()) {
					probe.write(second.next(ALLOCATOR));
				}
			}
			assertThat(List.of(MuxFrame.tag(probe.read()), MuxFrame.tag(probe.read()))).containsExactlyInAnyOrder(2, 3);
			first.release();
			second.release();
		}
	}

	@Test
	void repliesAreCutToTheWishOfTheClientAndTheirPiecesTakeTurns() {
		Gate gate = new Gate(2);
		try (PeerServer gated = new PeerServer((builder) -> builder.interceptor(gate).maxWriteQueueBytes(1024));
				MuxProbe probe = MuxProbe.negotiated(gated.server, 48)) {
			probe.call(2, "echo", "a".repeat(200_000)).call(3, "echo", "b".repeat(200_000));
			List<Integer> order = new ArrayList<>();
			FragmentAssembler assembler = assembler();
			int complete = 0;
			while (complete < 2) {
				ByteBuf piece = probe.read();
				assertThat(piece.readableBytes()).isLessThanOrEqualTo(4 + 48);
				order.add(MuxFrame.tag(piece));
				ByteBuf whole = assembler.append(piece);
				if (whole != null) {
					complete++;
					assertThat(RdispatchCodec.body(whole).readableBytes()).isGreaterThan(200_000);
					whole.release();
				}
			}
			int turns = 0;
			for (int i = 1; i < order.size(); i++) {
				turns += order.get(i).equals(order.get(i - 1)) ? 0 : 1;
			}
			assertThat(turns).isGreaterThan(100);
		}
	}

	@Test
	void aReplyOfExactlyTheLimitGoesOutWhole() {
		int replyBody = 3 + 4 + 4 + 4 + 4 + 1 + 2 + 4 + 1 + 10;
		try (MuxProbe probe = MuxProbe.negotiated(this.peer.server, replyBody)) {
			probe.call(2, "echo", "0123456789");
			ByteBuf reply = probe.read();
			assertThat(reply.readableBytes()).isEqualTo(4 + replyBody);
			assertThat(reply.getUnsignedMedium(1)).isEqualTo(2);
		}
		try (MuxProbe probe = MuxProbe.negotiated(this.peer.server, replyBody - 1)) {
			probe.call(2, "echo", "0123456789");
			assertThat(probe.read().getUnsignedMedium(1)).isEqualTo(0x800002);
			assertThat(probe.read().readableBytes()).isEqualTo(4 + 1);
		}
	}

	@Test
	void aDiscardedHalfRequestIsForgottenWithoutAnAnswer() {
		try (MuxProbe probe = this.peer.negotiated()) {
			FragmentWriter half = pieces(2, LARGE);
			probe.write(half.next(ALLOCATOR));
			half.release();
			probe.write(TdiscardedCodec.encode(ALLOCATOR, 2, "enough"));
			assertThat(probe.call(2, "echo", "whole").reply(2, "echo")).isEqualTo(new ThriftReply.Value("whole"));
		}
	}

	@Test
	void halfRequestsOverTheLimitInAllCloseTheConnection() {
		ByteBuf halves = ALLOCATOR.buffer();
		for (int tag = 2; tag < 11; tag++) {
			FragmentWriter half = pieces(tag, LARGE);
			for (int i = 0; i < 5; i++) {
				ByteBuf piece = half.next(ALLOCATOR);
				halves.writeBytes(piece);
				piece.release();
			}
			half.release();
		}
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(probe.write(halves).isClosedByServer()).isTrue();
			assertThat(this.peer.stats().protocolErrors()).isEqualTo(1);
		}
	}

	@Test
	void aPieceOfAnythingButARequestClosesTheConnection() {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write("00000004" + "41" + "800001");
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void aConnectionThatIsLostAmidARequestLeavesNothing() {
		try (MuxProbe probe = this.peer.negotiated()) {
			FragmentWriter half = pieces(2, LARGE);
			probe.write(half.next(ALLOCATOR)).write(MuxProbe.empty(MuxType.TPING, 1)).read();
			half.release();
		}
		PeerServer.await("no connections", () -> this.peer.stats().connections() == 0);
		assertThat(this.peer.stats().requests()).isZero();
	}

	private static FragmentWriter pieces(int tag, String text) {
		return new FragmentWriter(MuxProbe.request(tag, Context.empty(), "echo", text), 97);
	}

	private static FragmentAssembler assembler() {
		return new FragmentAssembler(ImmediateEventExecutor.INSTANCE, ALLOCATOR, 1_000_000, 10);
	}

}
