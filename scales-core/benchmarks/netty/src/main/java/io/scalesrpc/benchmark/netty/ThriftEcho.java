package io.scalesrpc.benchmark.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Answers {@code echo(1: string)} in Thrift's strict binary protocol, in frames of mux or
 * by themselves: looks for the text in the request and copies it into an answer from a
 * template. <em>Confined to the event loop</em>.
 */
final class ThriftEcho extends FrameReader {

	private static final int TDISPATCH = 2;

	private static final int TPING = 65;

	private static final int TINIT = 68;

	/** By its old number, as Finagle's. */
	private static final int RERR = 127;

	/** Version, name, sequence id; a field, its length. */
	private static final int MESSAGE_HEAD = 4 + 8 + 4 + 3 + 4;

	private static final int SEQUENCE = 4 + 8;

	private final Batch batch;

	private final boolean mux;

	/** What an answer begins with. */
	private final ByteBuffer head;

	ThriftEcho(Channel channel, boolean mux) {
		this.batch = new Batch(channel);
		this.mux = mux;
		this.head = ByteBuffer.allocate(4 + (mux ? 4 + 3 : 0) + MESSAGE_HEAD);
		int message = message();
		this.head.putInt(message, 0x80010002).putInt(message + 4, 4);
		this.head.put(message + 8, "echo".getBytes(StandardCharsets.US_ASCII)).put(message + SEQUENCE + 4, (byte) 11);
	}

	private int message() {
		return this.head.capacity() - MESSAGE_HEAD;
	}

	@Override
	boolean read(ByteBuf in) {
		int end = frameEnd(in);
		if (end < 0) {
			return false;
		}
		int content = in.readerIndex() + 4;
		if (!this.mux) {
			echo(in, content);
		}
		else if (in.getByte(content) == TDISPATCH) {
			this.head.putInt(4, -TDISPATCH << 24 | in.getInt(content) & 0xffffff);
			echo(in, skipHead(in, content + 4));
		}
		else {
			answer(in, content, end);
		}
		in.readerIndex(end);
		return true;
	}

	private void echo(ByteBuf in, int message) {
		int length = in.getInt(message + MESSAGE_HEAD - 4);
		int size = this.head.capacity() + length + 1;
		this.head.putInt(0, size - 4).putInt(message() + SEQUENCE, in.getInt(message + SEQUENCE));
		this.head.putInt(this.head.capacity() - 4, length);
		ByteBuf out = this.batch.room(size).writeBytes(this.head.array());
		out.writeBytes(in, message + MESSAGE_HEAD, length).writeByte(0);
	}

	/** Contexts, destination, delegations. */
	private static int skipHead(ByteBuf in, int index) {
		return skipStrings(in, skipStrings(in, skipStrings(in, index, 2), 0), 2);
	}

	/**
	 * Skips texts.
	 * @param perEntry how many for each that is counted; 0 if none is counted and there
	 * is one
	 */
	private static int skipStrings(ByteBuf in, int index, int perEntry) {
		int count = (perEntry == 0) ? 1 : perEntry * in.getUnsignedShort(index);
		int next = (perEntry == 0) ? index : index + 2;
		for (int i = 0; i < count; i++) {
			next += 2 + in.getUnsignedShort(next);
		}
		return next;
	}

	/** What a session begins with, and pings. */
	private void answer(ByteBuf in, int content, int end) {
		int tag = in.getInt(content) & 0xffffff;
		switch (in.getByte(content)) {
			case TPING -> this.batch.room(8).writeInt(4).writeInt(-TPING << 24 | tag);
			case TINIT -> this.batch.room(10).writeInt(6).writeInt(-TINIT << 24 | tag).writeShort(1);
			// The question that comes before a handshake wants itself for an answer.
			case RERR ->
				this.batch.room(end - in.readerIndex()).writeBytes(in, in.readerIndex(), end - in.readerIndex());
			default -> throw new IllegalArgumentException("type: " + in.getByte(content));
		}
	}

	@Override
	void readAll() {
		this.batch.flush();
	}

}
