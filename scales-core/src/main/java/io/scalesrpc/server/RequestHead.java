package io.scalesrpc.server;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.mux.TreqCodec;
import io.scalesrpc.mux.finagle.ClientIdContext;
import io.scalesrpc.mux.finagle.RetriesContext;
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

	/**
	 * Reads the head of a Tdispatch.
	 * @throws io.scalesrpc.mux.MuxProtocolException if a length points past its end
	 */
	static RequestHead ofDispatch(ByteBuf frame, Deadlines deadlines) {
		Context contexts = TdispatchCodec.contexts(frame);
		return new RequestHead(contexts, TdispatchCodec.destination(frame), deadlines.read(contexts));
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

	/** What the calls that the handler makes have to know. */
	InboundRequest inbound() {
		return new InboundRequest(this.deadline, retries());
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
