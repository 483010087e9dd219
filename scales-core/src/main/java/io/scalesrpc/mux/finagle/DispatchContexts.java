package io.scalesrpc.mux.finagle;

import java.time.Clock;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.time.Ticker;

/**
 * The contexts that go with a request: who calls, which attempt it is, until when, and
 * whatever else the call carries, such as a trace. <em>Thread-safe</em>.
 */
@Internal
public final class DispatchContexts {

	private final Ticker ticker;

	private final EpochClock clock;

	/** What nearly every request begins with. */
	private final Context first;

	/**
	 * Creates the contexts of one client.
	 * @param clientId the client's name, empty for none
	 * @param ticker tells how much time a call has left
	 * @param clock the wall clock: mux deadlines are points in time
	 */
	public DispatchContexts(String clientId, Ticker ticker, Clock clock) {
		this.ticker = ticker;
		this.clock = new EpochClock(ticker, clock);
		Context named = (clientId.isEmpty()) ? Context.empty()
				: Context.empty().with(ClientIdContext.KEY, new ClientIdContext(clientId).encode());
		this.first = named.with(RetriesContext.KEY, new RetriesContext(0).encode());
	}

	/** What calls carry that have nothing of their own, but for the deadline. */
	public Context usual() {
		return this.first;
	}

	/** Whether a call carries the usual contexts and its deadline. */
	public boolean areUsual(Call call) {
		return call.ordinal() == 0 && call.context().size() == 0 && call.options().clientId() == null;
	}

	/**
	 * The contexts of a call; its own entries are sent too, but do not replace what this
	 * hop has to say.
	 * @param call the call
	 * @return the contexts by their keys
	 */
	public Context of(Call call) {
		Context own = call.context();
		Context contexts = (own.size() == 0) ? this.first : withTrace(own).withAll(this.first);
		String clientId = call.options().clientId();
		if (clientId != null) {
			contexts = contexts.with(ClientIdContext.KEY, new ClientIdContext(clientId).encode());
		}
		if (call.ordinal() > 0) {
			contexts = contexts.with(RetriesContext.KEY, new RetriesContext(call.ordinal()).encode());
		}
		long now = this.ticker.nanos();
		return contexts.with(DeadlineContext.KEY,
				DeadlineContext.in(this.clock.at(now), call.deadline().remainingNanos(now)).encode());
	}

	/** Finagle's servers look for a trace in their own context. */
	private static Context withTrace(Context own) {
		TraceIdContext trace = (own.get(TraceIdContext.KEY) == null) ? TraceHeaders.finagle(own) : null;
		return (trace != null) ? own.with(TraceIdContext.KEY, trace.encode()) : own;
	}

	/** Starts the request of a call that carries the usual contexts. */
	public int begin(DispatchHead head, Call call, ByteBuf frame) {
		long now = this.ticker.nanos();
		long epochNow = this.clock.at(now);
		return head.begin(frame, epochNow, DeadlineContext.after(epochNow, call.deadline().remainingNanos(now)));
	}

}
