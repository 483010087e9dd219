package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.call.Failure;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session that the server has not answered: those somebody waits for,
 * and those that were abandoned and whose tags the server still owes an answer.
 * <em>Confined to the connection's event loop</em>.
 */
final class MuxRequests {

	private final TagTable<MuxDispatch> tags = new TagTable<>(MuxFrame.FIRST_TAG, MuxFrame.MAX_TAG);

	private final TransportLimits limits;

	private final ClientMetrics metrics;

	private final LongAdder owedByAll;

	private final Strays strays;

	private int owed;

	private boolean flooded;

	MuxRequests(MuxSessionContext context) {
		this.limits = context.limits();
		this.metrics = context.metrics();
		this.owedByAll = context.owedTags();
		this.strays = new Strays(context.ticker());
	}

	/** Gives the dispatch a tag; false if none is free. */
	boolean add(MuxDispatch dispatch) {
		int tag = this.tags.put(dispatch);
		if (tag >= 0) {
			dispatch.tag(tag);
		}
		return tag >= 0;
	}

	/**
	 * Takes the request that an answer belongs to, and its tag back.
	 * @return the request somebody waits for; null if the answer came too late or belongs
	 * to none
	 * @throws MuxProtocolException if the request was not sent at all
	 */
	@Nullable MuxDispatch answered(int tag) {
		requireSent(tag);
		MuxDispatch dispatch = this.tags.remove(tag);
		if (dispatch == null) {
			this.metrics.count(Event.LATE_REPLY);
			this.flooded |= this.strays.isFlood();
			return null;
		}
		this.strays.answer();
		if (!dispatch.isDone()) {
			return dispatch;
		}
		paid();
		if (!dispatch.call().method().oneway()) {
			this.metrics.count(Event.LATE_REPLY);
		}
		return null;
	}

	/** Whether somebody waits for an answer of this tag. */
	boolean isWanted(int tag) {
		return waiting(tag) != null;
	}

	/** The request of this tag that somebody waits for, which keeps it; or null. */
	@Nullable MuxDispatch waiting(int tag) {
		MuxDispatch dispatch = this.tags.get(tag);
		return (dispatch != null && !dispatch.isDone()) ? dispatch : null;
	}

	/** Whether the server sends far more answers than it was asked for. */
	boolean isFlooded() {
		return this.flooded;
	}

	/**
	 * Takes the answer to a discard: the tag comes back. A server may also discard a
	 * request on its own.
	 */
	@Nullable MuxDispatch discarded(int tag) {
		requireSent(tag);
		MuxDispatch dispatch = this.tags.remove(tag);
		if (dispatch != null && dispatch.isDone()) {
			paid();
			return null;
		}
		return dispatch;
	}

	/** An answer to what the server has not seen cannot be meant for this request. */
	private void requireSent(int tag) {
		MuxDispatch dispatch = this.tags.get(tag);
		if (dispatch != null && dispatch.isQueued()) {
			throw new MuxProtocolException("answer to tag " + tag + ": its request was not sent yet");
		}
	}

	private void paid() {
		this.owed--;
		this.owedByAll.decrement();
	}

	/** Forgets a request that the server has not seen to its end: it owes no answer. */
	void unsent(MuxDispatch dispatch) {
		this.tags.remove(dispatch.tag());
	}

	/** The tag of a request that is about to be done is kept until it is answered. */
	void owe() {
		this.owed++;
		this.owedByAll.increment();
	}

	/** Whether the server owes more answers than a connection is worth. */
	boolean owesTooMuch() {
		return this.owed > this.limits.maxOwedTags();
	}

	int owed() {
		return this.owed;
	}

	/** Ends every request because the connection is gone. */
	void connectionLost(Failure failure) {
		this.owedByAll.add(-this.owed);
		this.owed = 0;
		this.tags.drain((dispatch) -> dispatch.lost(failure));
	}

}
