package io.scalesrpc.serial;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * A serial connection as the stack sees it. While it has as many calls as it takes it is
 * busy. <em>Thread-safe</em>.
 */
final class SerialConnection extends ChannelConnection {

	/** Enough for most requests: a buffer that grows is copied. */
	private static final int INITIAL_BYTES = 256;

	/** What may come before a message, such as its length. */
	private static final int HEADER_BYTES = 4;

	private final SerialSession session;

	private final AtomicInteger sequence = new AtomicInteger();

	SerialConnection(SerialSession session) {
		super(session, session.context().timer());
		this.session = session;
	}

	@Override
	protected SerialExchange encode(Call call) {
		SerialContext context = this.session.context();
		int sequenceId = this.sequence.incrementAndGet();
		ByteBuf frame = this.session.ending()
			.channel()
			.alloc()
			.buffer(INITIAL_BYTES, HEADER_BYTES + context.limits().maxFrameBytes());
		try {
			context.codec().encode(call, sequenceId, frame);
			return new SerialExchange(this.session, call, sequenceId, frame);
		}
		catch (Throwable ex) {
			frame.release();
			throw ex;
		}
	}

}
