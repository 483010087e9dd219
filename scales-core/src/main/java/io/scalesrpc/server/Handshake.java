package io.scalesrpc.server;

import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.mux.InitCodec;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.server.wire.ReplyWriter;

/**
 * How a session starts. FIRST -> (marker) MARKED -> (Tinit) NEGOTIATED, refused in a
 * Tinit: REFUSED; any other message ends it as PLAIN, a session of version 1 without
 * headers, or as REFUSED where TLS is required. Words its errors as Finagle does.
 * <em>Confined to the connection's event loop</em>.
 */
final class Handshake {

	private static final String NO_AGREEMENT = "Could not negotiate whether to use TLS or not.. Remote Info: Not Available";

	private final int fragmentLimit;

	private final ReplyWriter writer;

	private final SessionTls tls;

	private Phase phase = Phase.FIRST;

	Handshake(int fragmentLimit, ReplyWriter writer, SessionTls tls) {
		this.fragmentLimit = fragmentLimit;
		this.writer = writer;
		this.tls = tls;
	}

	/** Whether the message belonged to the handshake. */
	boolean receive(ByteBuf message, ByteBufAllocator allocator) {
		if (this.phase == Phase.FIRST && RerrCodec.isMarker(message)) {
			this.phase = Phase.MARKED;
			echo(message, allocator);
			return true;
		}
		if (this.phase == Phase.MARKED && MuxFrame.type(message) == MuxType.TINIT) {
			this.phase = Phase.REFUSED;
			negotiate(message, allocator);
			return true;
		}
		if (this.phase == Phase.FIRST || this.phase == Phase.MARKED) {
			return excluded(message, allocator);
		}
		return false;
	}

	/** Whether a client that has not negotiated is refused. */
	private boolean excluded(ByteBuf message, ByteBufAllocator allocator) {
		boolean excluded = this.tls.excludes(OpportunisticTls.OFF);
		if (excluded) {
			refuse(allocator, MuxFrame.tag(message), NO_AGREEMENT);
		}
		this.phase = (excluded) ? Phase.REFUSED : Phase.PLAIN;
		return excluded;
	}

	/** Whether the client is one that understands a Tdrain for certain. */
	boolean isNegotiated() {
		return this.phase == Phase.NEGOTIATED;
	}

	/** Whether the session has begun, one way or the other. */
	boolean isOver() {
		return this.phase == Phase.NEGOTIATED || this.phase == Phase.PLAIN;
	}

	boolean isRefused() {
		return this.phase == Phase.REFUSED;
	}

	/** Byte for byte, the number of its type included. */
	private void echo(ByteBuf message, ByteBufAllocator allocator) {
		int length = message.readableBytes();
		this.writer.writeNow(allocator.buffer(MuxFrame.LENGTH_BYTES + length)
			.writeInt(length)
			.writeBytes(message, message.readerIndex(), length));
	}

	private void negotiate(ByteBuf tinit, ByteBufAllocator allocator) {
		int tag = MuxFrame.tag(tinit);
		int version = InitCodec.version(tinit);
		if (version != InitCodec.VERSION) {
			refuse(allocator, tag, "Unsupported Mux version: " + version);
			return;
		}
		Map<String, byte[]> headers = InitCodec.headers(tinit);
		this.writer.writeNow(InitCodec.encode(allocator, MuxType.RINIT, tag,
				InitCodec.headers(this.fragmentLimit, this.tls.level())));
		if (this.tls.excludes(InitCodec.tls(headers))) {
			refuse(allocator, tag, NO_AGREEMENT);
			return;
		}
		try {
			this.writer.fragmentLimit(InitCodec.fragmentLimit(headers));
		}
		catch (MuxProtocolException ex) {
			refuse(allocator, tag, "requirement failed");
			return;
		}
		this.tls.beginWith(InitCodec.tls(headers));
		this.phase = Phase.NEGOTIATED;
	}

	private void refuse(ByteBufAllocator allocator, int tag, String why) {
		this.writer.writeNow(RerrCodec.encode(allocator, tag, why));
	}

	/** Where the handshake is. */
	private enum Phase {

		FIRST, MARKED, NEGOTIATED, REFUSED, PLAIN

	}

}
