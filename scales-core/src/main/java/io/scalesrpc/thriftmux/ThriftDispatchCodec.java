package io.scalesrpc.thriftmux;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.mux.finagle.DispatchContexts;
import io.scalesrpc.mux.finagle.DispatchHead;
import io.scalesrpc.mux.session.DispatchCodec;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMessageException;
import io.scalesrpc.thrift.ThriftMethod;
import org.jspecify.annotations.Nullable;

/**
 * Puts Thrift messages into mux dispatches and takes them out again. A reply that is
 * wrong in itself fails its call; a reply to another method or another call shows that
 * the connection lost its order, and ends it. <em>Thread-safe</em>.
 */
final class ThriftDispatchCodec implements DispatchCodec {

	private final ThriftCodec codec;

	private final DispatchContexts contexts;

	private final String destination;

	private final List<DtabEntry> dtab;

	/**
	 * Of nearly every request; made for the first, since Netty takes its time to load.
	 */
	private @Nullable DispatchHead head;

	ThriftDispatchCodec(ThriftCodec codec, DispatchContexts contexts, String destination, List<DtabEntry> dtab) {
		this.codec = codec;
		this.contexts = contexts;
		this.destination = destination;
		this.dtab = dtab;
		DispatchHead.requireFits(contexts.usual(), destination, dtab);
	}

	@Override
	public Context contexts(Call call) {
		return this.contexts.of(call);
	}

	@Override
	public int begin(Call call, ByteBuf frame) {
		return this.contexts.areUsual(call) ? this.contexts.begin(head(), call, frame)
				: TdispatchCodec.begin(frame, this.contexts.of(call), this.destination, this.dtab);
	}

	/** Immutable: two threads may make it, and each has a whole one. */
	private DispatchHead head() {
		DispatchHead known = this.head;
		if (known == null) {
			known = DispatchHead.of(this.contexts.usual(), this.destination, this.dtab);
			this.head = known;
		}
		return known;
	}

	@Override
	public void encode(Call call, int sequenceId, ByteBuf out) {
		((ThriftMethod) call.method()).writeCall(out, sequenceId, call.arguments(), this.codec);
	}

	@Override
	public Outcome decode(Call call, int sequenceId, Context context, ByteBuf body) {
		try {
			return ((ThriftMethod) call.method()).readReply(body, sequenceId, this.codec).outcome(context);
		}
		catch (ThriftMessageException ex) {
			return switch (ex.fault()) {
				case WRONG_METHOD, WRONG_SEQUENCE -> throw new MuxProtocolException(String.valueOf(ex.getMessage()));
				default -> Failure.of(FailureKind.INTERNAL, "reply that cannot be decoded: " + ex.getMessage(), ex);
			};
		}
	}

}
