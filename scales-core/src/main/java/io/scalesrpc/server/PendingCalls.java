package io.scalesrpc.server;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.mux.TreqCodec;

/**
 * The requests of one connection that have no reply yet. A tag is in use until its reply
 * is with the channel. <em>Confined to the connection's event loop</em>.
 */
final class PendingCalls {

	private final IntObjectMap<RunningCall> calls = new IntObjectHashMap<>();

	private final ServerSession session;

	private final CallEngine engine;

	private final ReplyWriter writer;

	PendingCalls(ServerSession session, CallEngine engine, ReplyWriter writer) {
		this.session = session;
		this.engine = engine;
		this.writer = writer;
	}

	boolean isInUse(int tag) {
		return this.calls.containsKey(tag) || this.writer.holds(tag);
	}

	/** Whether every reply is with the channel. */
	boolean isEmpty() {
		return this.calls.isEmpty() && this.writer.isEmpty();
	}

	/**
	 * Starts the call of a request whose tag is not in use.
	 * @param message owned by the caller
	 * @throws io.scalesrpc.mux.MuxProtocolException if the request is not well-formed
	 */
	void start(ByteBuf message, ReplyFormat format) {
		boolean dispatch = (format == ReplyFormat.RDISPATCH);
		RequestHead head = dispatch ? RequestHead.ofDispatch(message, this.engine.ticker(), this.engine.clock())
				: RequestHead.ofTreq(message);
		ByteBuf body = dispatch ? TdispatchCodec.body(message) : TreqCodec.body(message);
		int tag = MuxFrame.tag(message);
		if (!this.engine.admit(body.readableBytes())) {
			nack(tag, format, FailureFlags.RESTARTABLE);
			return;
		}
		RunningCall call = new RunningCall(this.engine, new CallTask(this.session, tag, format, head, body.retain()));
		this.calls.put(tag, call);
		if (!this.engine.start(call)) {
			this.calls.remove(tag);
			nack(tag, format, FailureFlags.RESTARTABLE);
		}
	}

	/** Says that a request was not processed. */
	void nack(int tag, ReplyFormat format, Context flags) {
		this.engine.stats().nacks.increment();
		this.writer.write(tag, format.nack(this.session.allocator(), tag, flags));
	}

	/** Takes the reply of a call over; nobody wants that of a discarded one. */
	void answered(RunningCall call, ByteBuf reply) {
		if (this.calls.get(call.tag()) != call) {
			reply.release();
			return;
		}
		this.calls.remove(call.tag());
		this.writer.write(call.tag(), reply);
	}

	/** Whether there was a request of this tag, now cancelled. */
	boolean discard(int tag) {
		RunningCall call = this.calls.remove(tag);
		if (call == null) {
			return this.writer.discard(tag);
		}
		call.cancel();
		return true;
	}

	/** Cancels everything and drops the replies that wait. */
	void clear() {
		List<RunningCall> cancelled = new ArrayList<>(this.calls.values());
		this.calls.clear();
		cancelled.forEach(RunningCall::cancel);
		this.writer.clear();
	}

}
