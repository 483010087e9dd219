package io.scalesrpc.server;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.Halves;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.FragmentWriter;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
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

	/** 9 x 485 bytes are more than one message may have. */
	@Test
	void eachRequestHasItsLimitAndTheSumOfThePiecesALargerOne() {
		try (MuxProbe probe = this.peer.negotiated()) {
			List<FragmentWriter> requests = new ArrayList<>();
			for (int tag = 2; tag < 11; tag++) {
				requests.add(pieces(tag, LARGE));
			}
			write(probe, requests, 5);
			write(probe, requests, Integer.MAX_VALUE);
			for (int i = 0; i < 9; i++) {
				assertThat(RdispatchCodec.status(probe.read()).name()).isEqualTo("OK");
			}
		}
	}

	@Test
	void theRequestForWhichTheSumLeavesNoRoomIsNackedAtItsEnd() {
		try (PeerServer narrow = new PeerServer((builder) -> builder.maxFrameBytes(4096).maxUnfinishedBytes(1024));
				MuxProbe probe = narrow.negotiated();
				MuxProbe other = narrow.negotiated()) {
			List<FragmentWriter> requests = List.of(pieces(2, LARGE), pieces(3, LARGE));
			write(probe, requests, 5);
			probe.write(MuxProbe.empty(MuxType.TPING, 1)).read();
			FragmentWriter third = pieces(4, LARGE);
			write(other, List.of(third), 1);
			other.call(7, "add", 1, 2).reply(7, "add");
			write(other, List.of(third), Integer.MAX_VALUE);
			ByteBuf nack = other.read();
			assertThat(MuxFrame.tag(nack)).isEqualTo(4);
			assertThat(RdispatchCodec.status(nack).name()).isEqualTo("NACK");
			assertThat(RdispatchCodec.contexts(nack).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 3);
			write(probe, requests, Integer.MAX_VALUE);
			assertThat(RdispatchCodec.status(probe.read()).name()).isEqualTo("OK");
			assertThat(RdispatchCodec.status(probe.read()).name()).isEqualTo("OK");
			assertThat(narrow.stats().nacks()).isEqualTo(1);
		}
	}

	@Test
	void aFrameThatIsComingInCountsAsUnfinishedToo() {
		try (PeerServer narrow = new PeerServer((builder) -> builder.maxUnfinishedBytes(1_000_000));
				MuxProbe probe = narrow.negotiated();
				MuxProbe other = narrow.negotiated()) {
			ByteBuf large = MuxProbe.request(2, Context.empty(), "echo", "x".repeat(2_000_000));
			probe.write(large.readRetainedSlice(900_000));
			probe.write(large.readRetainedSlice(900_000));
			assertThat(other.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			ByteBuf nack = probe.write(large).read();
			assertThat(RdispatchCodec.status(nack).name()).isEqualTo("NACK");
			assertThat(probe.call(3, "add", 1, 2).reply(3, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void aRequestInPiecesOverTheLimitOfOneIsRefusedAlone() {
		try (MuxProbe probe = this.peer.negotiated()) {
			write(probe, List.of(pieces(2, "x".repeat(5000))), Integer.MAX_VALUE);
			ByteBuf refused = probe.read();
			assertThat(MuxFrame.tag(refused)).isEqualTo(2);
			assertThat(RdispatchCodec.contexts(refused).get("MuxFailure")).containsExactly(0, 0, 0, 0, 0, 0, 0, 6);
			assertThat(RdispatchCodec.error(refused)).startsWith("request over a limit of the server, message size: ");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void piecesOfOlderMessagesAreRead() {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write("00000004" + "41800001").write("00000004" + "41000001");
			assertThat(probe.readHex()).isEqualTo("00000004" + "bf000001");
			probe.write("00000005" + "01800004" + "00")
				.write("00000015" + "01000004" + "800100010000000470696e670000000000");
			assertThat(probe.readHex()).startsWith("00000016" + "ff000004" + "00" + "800100020000000470696e67");
		}
	}

	private static void write(MuxProbe probe, List<FragmentWriter> requests, int count) {
		for (FragmentWriter request : requests) {
			for (int i = 0; i < count && request.hasNext(); i++) {
				probe.write(request.next(ALLOCATOR));
			}
			if (!request.hasNext()) {
				request.release();
			}
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
		return Halves.assembler(1_000_000, 10);
	}

}
