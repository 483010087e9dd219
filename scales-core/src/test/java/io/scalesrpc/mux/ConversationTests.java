package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConversationTests {

	private static final String FILE = "conversations.vectors";

	static List<Vectors.Section> conversations() {
		return Vectors.read(FILE);
	}

	@Test
	void thereAreSixteenConversations() {
		assertThat(conversations()).extracting(Vectors.Section::title).doesNotHaveDuplicates().hasSize(16);
		assertThat(conversations()).flatExtracting(Vectors.Section::entries)
			.hasSize(169)
			.extracting(Vectors.Entry::name)
			.containsOnly("C>S", "S>C");
	}

	@ParameterizedTest
	@MethodSource("conversations")
	void everyFrameIsReadAndWrittenAsFinagleDid(Vectors.Section conversation) {
		Map<String, Direction> directions = new HashMap<>();
		for (Vectors.Entry entry : conversation.entries()) {
			directions.computeIfAbsent(entry.name(), (name) -> new Direction()).replay(entry);
		}
		assertThat(directions).hasSize(2);
		directions.values().forEach(Direction::close);
	}

	/**
	 * The stream from one side to the other. <em>Confined to the test's thread</em>.
	 */
	private static final class Direction {

		private final EmbeddedChannel channel = new EmbeddedChannel(Halves.decoder(16 * 1024 * 1024));

		private final FragmentAssembler assembler = Halves.assembler(this.channel.eventLoop(), 4096, 4);

		private final List<String> pieces = new ArrayList<>();

		void replay(Vectors.Entry entry) {
			if (entry.has("end")) {
				assertThat(this.channel.finish()).isFalse();
				return;
			}
			ByteBuf bytes = Hex.buffer(entry.get("hex"));
			if (entry.has("refused")) {
				assertThatExceptionOfType(MuxProtocolException.class).isThrownBy(() -> this.channel.writeInbound(bytes))
					.withMessage(entry.get("refused"));
				return;
			}
			this.channel.writeInbound(bytes);
			@Nullable ByteBuf frame = this.channel.readInbound();
			assertThat(frame).isNotNull();
			take(frame, entry);
		}

		private void take(ByteBuf frame, Vectors.Entry entry) {
			boolean piece = MuxFrame.isFragment(frame);
			if (piece) {
				assertThat(FrameText.describe(frame)).isEqualTo(entry.expected());
			}
			if (piece || entry.has("assembled")) {
				this.pieces.add(entry.get("hex"));
			}
			ByteBuf message = this.assembler.append(frame);
			assertThat(message == null).isEqualTo(piece);
			if (message == null) {
				return;
			}
			try {
				check(message, entry);
			}
			finally {
				message.release();
			}
		}

		private void check(ByteBuf message, Vectors.Entry entry) {
			assertThat(FrameText.describe(message)).isEqualTo(entry.expected());
			ByteBuf copy = FrameCopy.copy(message);
			if (entry.has("assembled")) {
				assertThat(cut(copy)).isEqualTo(this.pieces);
				this.pieces.clear();
			}
			else {
				assertThat(Hex.take(copy)).isEqualTo(entry.get("hex"));
			}
		}

		/** By the size of the first piece, which is always as large as allowed. */
		private List<String> cut(ByteBuf whole) {
			int headerBytes = MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES;
			FragmentWriter writer = new FragmentWriter(whole, this.pieces.get(0).length() / 2 - headerBytes);
			List<String> cuts = new ArrayList<>();
			while (writer.hasNext()) {
				cuts.add(Hex.take(writer.next(ByteBufAllocator.DEFAULT)));
			}
			writer.release();
			return cuts;
		}

		void close() {
			assertThat(this.pieces).isEmpty();
			assertThat(this.assembler.bytes()).isZero();
			this.channel.finishAndReleaseAll();
		}

	}

}
