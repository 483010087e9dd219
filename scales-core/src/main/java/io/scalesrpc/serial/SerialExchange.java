package io.scalesrpc.serial;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.transport.channel.Exchange;

/**
 * A call on a serial connection. One that is given up when its request was written ends
 * the connection.
 */
final class SerialExchange extends Exchange<SerialSession> {

	private final int sequenceId;

	private final ByteBuf frame;

	/** What counts against the write queue. */
	private int bytes;

	SerialExchange(SerialSession session, Call call, int sequenceId, ByteBuf frame) {
		super(session, call);
		this.sequenceId = sequenceId;
		this.frame = frame;
	}

	int sequenceId() {
		return this.sequenceId;
	}

	@Override
	public boolean enqueue() {
		int wanted = this.frame.readableBytes();
		String refusal = session().queue().add(wanted);
		if (refusal != null) {
			refuse(refusal);
			return false;
		}
		this.bytes = wanted;
		return true;
	}

	@Override
	protected void send() {
		session().send(this);
	}

	/** Takes the request to write it. */
	ByteBuf takeRequest() {
		written();
		return this.frame;
	}

	/** The request has left, or cannot any more. */
	void unqueued() {
		session().queue().remove(this.bytes);
	}

	@Override
	protected void release(boolean unsent) {
		if (unsent) {
			this.frame.release();
			unqueued();
		}
	}

}
