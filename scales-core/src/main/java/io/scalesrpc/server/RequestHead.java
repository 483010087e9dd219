package io.scalesrpc.server;

import java.time.InstantSource;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.mux.ClientIdContext;
import io.scalesrpc.mux.DeadlineContext;
import io.scalesrpc.mux.RetriesContext;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.mux.TreqCodec;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its body. A context value that cannot be read counts as not
 * sent, as with Finagle. <em>Immutable</em>.
 *
 * @param contexts all contexts
 * @param destination a Finagle path, empty for none
 * @param deadline the client's deadline on the clock of this server's ticker
 */
record RequestHead(Context contexts, String destination, @Nullable Deadline deadline) {

	/** Farther back than any clock, and far enough from where sums wrap. */
	private static final long LONG_AGO_NANOS = Long.MIN_VALUE / 2;

	/**
	 * Reads the head of a Tdispatch.
	 * @throws io.scalesrpc.mux.MuxProtocolException if a length points past its end
	 */
	static RequestHead ofDispatch(ByteBuf frame, Ticker ticker, InstantSource clock) {
		Context contexts = TdispatchCodec.contexts(frame);
		return new RequestHead(contexts, TdispatchCodec.destination(frame), deadline(contexts, ticker, clock));
	}

	/**
	 * Reads the head of a Treq, which can say no more than a trace id.
	 * @throws io.scalesrpc.mux.MuxProtocolException if a length points past its end
	 */
	static RequestHead ofTreq(ByteBuf frame) {
		TraceIdContext trace = TreqCodec.trace(frame);
		Context contexts = Context.empty();
		return new RequestHead((trace != null) ? contexts.with(TraceIdContext.KEY, trace.encode()) : contexts, "",
				null);
	}

	/** Moved to the ticker on arrival: a wall clock that jumps later moves nothing. */
	private static @Nullable Deadline deadline(Context contexts, Ticker ticker, InstantSource clock) {
		byte[] value = contexts.get(DeadlineContext.KEY);
		DeadlineContext sent = (value != null) ? DeadlineContext.decode(value) : null;
		if (sent == null) {
			return null;
		}
		long left = sent.remainingNanos(DeadlineContext.epochNanos(clock.instant()));
		return (left != Long.MAX_VALUE) ? new Deadline(ticker.nanos(), Math.max(left, LONG_AGO_NANOS)) : null;
	}

	@Nullable String clientId() {
		byte[] value = this.contexts.get(ClientIdContext.KEY);
		ClientIdContext id = (value != null) ? ClientIdContext.decode(value) : null;
		return (id != null) ? id.name() : null;
	}

	int retries() {
		byte[] value = this.contexts.get(RetriesContext.KEY);
		RetriesContext retries = (value != null) ? RetriesContext.decode(value) : null;
		return (retries != null) ? retries.attempt() : 0;
	}

}
