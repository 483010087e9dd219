package io.scalesrpc.thrift.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.mux.finagle.Addressing;
import io.scalesrpc.mux.finagle.DispatchContexts;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the struct that precedes each request on an upgraded connection, Finagle's
 * {@code RequestHeader} of {@code tracing.thrift}: 1 trace_id, 2 span_id, 3
 * parent_span_id, 5 sampled, 6 client_id, 7 flags, 8 contexts, 9 dest, 10 delegations, 11
 * trace_id_high, in the binary encoding. <em>Thread-safe</em>.
 *
 * @param contexts who calls, until when, which attempt it is
 * @param addressing from whom and where to
 * @param random draws the ids of calls that belong to no trace
 */
record RequestHeader(DispatchContexts contexts, Addressing addressing, RandomGenerator random) {

	void write(Call call, ByteBuf out) {
		Context all = this.contexts.of(call);
		trace(ids(all.get(TraceIdContext.KEY)), out);
		String said = call.options().clientId();
		String clientId = (said != null) ? said : this.addressing.clientId();
		if (!clientId.isEmpty()) {
			field(out, TType.STRUCT, 6);
			text(out, 1, clientId);
			out.writeByte(TType.STOP);
		}
		contexts(all, out);
		if (!this.addressing.destination().isEmpty()) {
			text(out, 9, this.addressing.destination());
		}
		if (!this.addressing.dtab().isEmpty()) {
			delegations(this.addressing.dtab(), out);
		}
		out.writeByte(TType.STOP);
	}

	/**
	 * Without a trace, a root that the server may sample or not, as Finagle's clients
	 * begin one.
	 */
	private TraceIdContext ids(byte @Nullable [] context) {
		TraceIdContext given = (context != null) ? TraceIdContext.decode(context) : null;
		if (given != null) {
			return given;
		}
		long id = this.random.nextLong();
		return new TraceIdContext(id, id, 0, id, 0);
	}

	private static void trace(TraceIdContext ids, ByteBuf out) {
		number(out, 1, ids.traceId());
		number(out, 2, ids.spanId());
		number(out, 3, ids.parentId());
		if (ids.isSamplingKnown()) {
			field(out, TType.BOOL, 5);
			out.writeBoolean(ids.isSampled());
		}
		number(out, 7, ids.flags());
		if (ids.traceIdHigh() != 0) {
			number(out, 11, ids.traceIdHigh());
		}
	}

	private static void contexts(Context all, ByteBuf out) {
		list(out, 8, all.size());
		for (int i = 0; i < all.size(); i++) {
			text(out, 1, all.key(i));
			bytes(out, 2, all.value(i));
			out.writeByte(TType.STOP);
		}
	}

	private static void delegations(List<DtabEntry> dtab, ByteBuf out) {
		list(out, 10, dtab.size());
		for (DtabEntry entry : dtab) {
			text(out, 1, entry.prefix());
			text(out, 2, entry.destination());
			out.writeByte(TType.STOP);
		}
	}

	private static void list(ByteBuf out, int id, int size) {
		field(out, TType.LIST, id);
		out.writeByte(TType.STRUCT).writeInt(size);
	}

	private static void number(ByteBuf out, int id, long value) {
		field(out, TType.I64, id);
		out.writeLong(value);
	}

	private static void text(ByteBuf out, int id, String value) {
		bytes(out, id, value.getBytes(StandardCharsets.UTF_8));
	}

	private static void bytes(ByteBuf out, int id, byte[] value) {
		field(out, TType.STRING, id);
		out.writeInt(value.length).writeBytes(value);
	}

	private static void field(ByteBuf out, byte type, int id) {
		out.writeByte(type).writeShort(id);
	}

}
