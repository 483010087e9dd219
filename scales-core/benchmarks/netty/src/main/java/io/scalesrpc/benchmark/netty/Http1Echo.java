package io.scalesrpc.benchmark.netty;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * Answers any request of HTTP/1.1 with its body, of which it must say the length.
 * <em>Confined to the event loop</em>.
 */
final class Http1Echo extends FrameReader {

	private static final ByteBuf END = ascii("\r\n\r\n");

	/** Of {@code Content-Length}, however it is written. */
	private static final ByteBuf LENGTH = ascii("ength: ");

	private static final byte[] HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: "
		.getBytes(StandardCharsets.US_ASCII);

	private static final int LONGEST_NUMBER = 10;

	private final Batch batch;

	Http1Echo(Channel channel) {
		this.batch = new Batch(channel);
	}

	private static ByteBuf ascii(String text) {
		return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
	}

	@Override
	boolean read(ByteBuf in) {
		int headers = ByteBufUtil.indexOf(END, in);
		if (headers < 0) {
			return false;
		}
		int body = headers + END.readableBytes();
		int length = length(in, headers);
		if (in.writerIndex() < body + length) {
			return false;
		}
		ByteBuf out = this.batch.room(HEAD.length + LONGEST_NUMBER + END.readableBytes() + length).writeBytes(HEAD);
		out.writeCharSequence(Integer.toString(length), StandardCharsets.US_ASCII);
		out.writeBytes(END, 0, END.readableBytes()).writeBytes(in, body, length);
		in.readerIndex(body + length);
		return true;
	}

	private static int length(ByteBuf in, int end) {
		int digits = ByteBufUtil.indexOf(LENGTH, in.slice(in.readerIndex(), end - in.readerIndex()));
		int length = 0;
		if (digits >= 0) {
			int next = in.readerIndex() + digits + LENGTH.readableBytes();
			for (byte digit = in.getByte(next); digit >= '0'; digit = in.getByte(++next)) {
				length = 10 * length + digit - '0';
			}
		}
		return length;
	}

	@Override
	void readAll() {
		this.batch.flush();
	}

}
