package io.scalesrpc.benchmark.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Frames that go out together: one buffer and one flush for some. <em>Confined to the
 * channel's event loop</em>.
 */
final class Batch {

	/**
	 * With more, the two ends take turns, and each sleeps while the other works: half the
	 * rate, measured with 64 at a time.
	 */
	private static final int FRAMES = 16;

	private static final int BUFFER = 32 * 1024;

	private final Channel channel;

	private @Nullable ByteBuf buffer;

	private int frames;

	Batch(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Where the next frame is to be written.
	 * @param bytes its length
	 */
	ByteBuf room(int bytes) {
		if (this.frames == FRAMES) {
			flush();
		}
		this.frames++;
		ByteBuf current = this.buffer;
		if (current != null && current.writableBytes() >= bytes) {
			return current;
		}
		if (current != null) {
			this.channel.write(current, this.channel.voidPromise());
		}
		ByteBuf next = this.channel.alloc().directBuffer(Math.max(BUFFER, bytes));
		this.buffer = next;
		return next;
	}

	void flush() {
		ByteBuf last = this.buffer;
		this.frames = 0;
		if (last != null) {
			this.buffer = null;
			this.channel.writeAndFlush(last, this.channel.voidPromise());
		}
	}

}
