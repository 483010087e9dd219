package io.scalesrpc.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.Refusal;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.mux.TreqCodec;
import io.scalesrpc.server.wire.FailureFlags;
import io.scalesrpc.server.wire.ReplyFormat;
import io.scalesrpc.server.wire.ReplyWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection that have no reply yet. A tag is in use until its reply
 * is with the channel. <em>Confined to the connection's event loop</em>.
 */
final class PendingCalls {

	private static final Logger logger = LoggerFactory.getLogger(PendingCalls.class);

	/**
	 * A client whose call has timed out says so itself, unless it waits for longer than
	 * the deadline that it passed on. Its timer may run a little late.
	 */
	private static final long CLIENT_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final IntObjectMap<PendingCall> calls = new IntObjectHashMap<>();

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

	/** Whether a handler works on a request. */
	boolean isWorking() {
		return !this.calls.isEmpty();
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
		RequestHead head = dispatch ? RequestHead.ofDispatch(message, this.engine.deadlines())
				: RequestHead.ofTreq(message);
		ByteBuf body = dispatch ? TdispatchCodec.body(message) : TreqCodec.body(message);
		int tag = MuxFrame.tag(message);
		if (this.engine.deadlines().refuses(head.deadline())) {
			expired(tag, format);
			return;
		}
		if (!this.engine.admit(body.readableBytes(), this.session.calls())) {
			nack(tag, format, FailureFlags.RESTARTABLE);
			return;
		}
		RunningCall call = new RunningCall(this.engine, new CallTask(this.session, tag, format, head, body.retain()));
		long nanos = this.engine.deadlines().enforcedNanos(head.deadline());
		PendingCall started = new PendingCall(call,
				(nanos > 0) ? this.session.later(() -> this.session.expired(call), nanos) : null);
		this.calls.put(tag, started);
		if (!this.engine.start(call)) {
			started.settle();
			this.calls.remove(tag);
			nack(tag, format, FailureFlags.RESTARTABLE);
		}
	}

	private void expired(int tag, ReplyFormat format) {
		this.engine.stats().expired.increment();
		this.engine.stats().failures.increment();
		this.writer.write(tag, format.error(this.session.allocator(), tag, FailureFlags.REJECTED, CallTask.EXPIRED));
	}

	/** Says why a request was not taken in, to be sent again only if that may help. */
	void refuse(int tag, ReplyFormat format, Refusal refusal) {
		logger.debug("Request from {} refused: {}", this.session.peer(), refusal.why());
		if (refusal.transientOverload()) {
			nack(tag, format, FailureFlags.RESTARTABLE);
			return;
		}
		this.engine.stats().failures.increment();
		this.writer.write(tag, format.error(this.session.allocator(), tag, FailureFlags.REJECTED,
				"request over a limit of the server, " + refusal.why()));
	}

	/** Says that a request was not processed. */
	void nack(int tag, ReplyFormat format, Context flags) {
		this.engine.stats().nacks.increment();
		this.writer.write(tag, format.nack(this.session.allocator(), tag, flags));
	}

	/** Takes the reply of a call over; nobody wants that of a discarded one. */
	void answered(RunningCall call, ByteBuf reply) {
		if (!remove(call)) {
			this.session.unread().drop(reply);
			return;
		}
		this.writer.write(call.tag(), reply);
	}

	/** Ends the work on a call whose deadline has passed; waits for its discard. */
	void expired(RunningCall call) {
		if (isPending(call)) {
			this.engine.stats().expired.increment();
			boolean begun = call.cancel();
			this.calls.put(call.tag(), new PendingCall(call,
					this.session.later(() -> this.session.abandoned(call, begun), CLIENT_GRACE_NANOS)));
		}
	}

	/** The client of an expired call has not discarded it. */
	void abandoned(RunningCall call, boolean begun) {
		if (remove(call)) {
			this.writer.write(call.tag(), call.expired(begun));
		}
	}

	private boolean isPending(RunningCall call) {
		PendingCall found = this.calls.get(call.tag());
		return found != null && found.call() == call;
	}

	/** Whether the call was still pending. */
	private boolean remove(RunningCall call) {
		PendingCall found = this.calls.get(call.tag());
		if (found == null || found.call() != call) {
			return false;
		}
		found.settle();
		this.calls.remove(call.tag());
		return true;
	}

	/** Whether there was a request of this tag, now cancelled. */
	boolean discard(int tag) {
		PendingCall found = this.calls.remove(tag);
		if (found == null) {
			return this.writer.discard(tag);
		}
		found.settle().cancel();
		return true;
	}

	/** Cancels everything and drops the replies that wait. */
	void clear() {
		List<PendingCall> cancelled = new ArrayList<>(this.calls.values());
		this.calls.clear();
		cancelled.forEach((found) -> found.settle().cancel());
		this.writer.clear();
	}

	/**
	 * A call that has no reply yet, and what will end it if nobody does. <em>Confined to
	 * the connection's event loop</em>.
	 *
	 * @param call the call
	 * @param expiry interrupts it when its deadline passes, later answers for it; null
	 * for none
	 */
	record PendingCall(RunningCall call, @Nullable Future<?> expiry) {

		/** The call will end, or has ended, some other way. */
		RunningCall settle() {
			if (this.expiry != null) {
				this.expiry.cancel(false);
			}
			return this.call;
		}

	}

}
