package io.scalesrpc.serial;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.transport.UsualSize;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * A serial connection as the stack sees it. While it has as many calls as it takes it is
 * busy. <em>Thread-safe</em>.
 */
final class SerialConnection extends ChannelConnection {

	/** What may come before a message, such as its length. */
	private static final int HEADER_BYTES = 4;

	private final SerialSession session;

	private final AtomicInteger sequence = new AtomicInteger();

	private final UsualSize usual = new UsualSize();

	SerialConnection(SerialSession session) {
		super(session, session.context().timer());
		this.session = session;
	}

	@Override
	protected SerialExchange encode(Call call) {
		SerialContext context = this.session.context();
		int sequenceId = this.sequence.incrementAndGet();
		int maxBytes = HEADER_BYTES + context.limits().maxFrameBytes();
		ByteBuf frame = this.usual.buffer(this.session.ending().channel().alloc(), maxBytes);
		try {
			context.codec().encode(call, sequenceId, frame);
			this.usual.add(frame.readableBytes());
			return new SerialExchange(this.session, call, sequenceId, frame);
		}
		catch (Throwable ex) {
			frame.release();
			throw ex;
		}
	}

}
