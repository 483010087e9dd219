package io.scalesrpc.mux;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.scalesrpc.Internal;

/**
 * The codec of Tinit and Rinit, by which a session is negotiated:
 * {@code version:2 (klen:4 key vlen:4 value)*}. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class InitCodec {

	/** The only version there is. */
	public static final int VERSION = 1;

	/**
	 * The header that says how large a body its sender is willing to receive in one
	 * piece: four bytes.
	 */
	public static final String FRAGMENT_LIMIT = "mux-framer";

	/** The header that says whether its sender wants TLS: {@link OpportunisticTls}. */
	public static final String TLS = "tls";

	/** Finagle sends two or three. */
	static final int MAX_HEADERS = 64;

	private static final int VERSION_BYTES = 2;

	private InitCodec() {
	}

	/**
	 * A complete Tinit or Rinit of {@link #VERSION}.
	 * @param allocator makes the buffer
	 * @param type {@link MuxType#TINIT} or {@link MuxType#RINIT}
	 * @param tag of a Tinit {@link MuxFrame#CONTROL_TAG}, of an Rinit that of its Tinit
	 * @param headers written in their order
	 * @return the frame, owned by the caller
	 */
	public static ByteBuf encode(ByteBufAllocator allocator, int type, int tag, Map<String, byte[]> headers) {
		ByteBuf buffer = allocator.buffer();
		int start = MuxFrame.begin(buffer, type, tag);
		buffer.writeShort(VERSION);
		headers.forEach((key, value) -> {
			buffer.writeInt(ByteBufUtil.utf8Bytes(key));
			ByteBufUtil.writeUtf8(buffer, key);
			buffer.writeInt(value.length).writeBytes(value);
		});
		MuxFrame.end(buffer, start);
		return buffer;
	}

	/**
	 * The headers every session starts with.
	 * @param fragmentLimit the largest body piece to be received, at least 1
	 * @param tls whether TLS is to follow
	 * @return the headers in Finagle's order; may be added to
	 */
	public static Map<String, byte[]> headers(int fragmentLimit, OpportunisticTls tls) {
		Map<String, byte[]> headers = new LinkedHashMap<>();
		headers.put(FRAGMENT_LIMIT, Unpooled.copyInt(fragmentLimit).array());
		headers.put(TLS, tls.header().getBytes(StandardCharsets.UTF_8));
		return headers;
	}

	/**
	 * The version the peer speaks.
	 * @param frame a Tinit or Rinit from its type on
	 * @return the version, from 0 to 65535
	 * @throws MuxProtocolException if the frame is too short
	 */
	public static int version(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, VERSION_BYTES, "init version");
		return frame.getUnsignedShort(index);
	}

	/**
	 * The headers the peer sent.
	 * @param frame a Tinit or Rinit from its type on
	 * @return the headers in their order, unknown ones included; of equal keys the last
	 * @throws MuxProtocolException if a length points past the end of the frame or there
	 * are more than 64
	 */
	public static Map<String, byte[]> headers(ByteBuf frame) {
		Map<String, byte[]> headers = new LinkedHashMap<>();
		int index = MuxFrame.bodyIndex(frame) + VERSION_BYTES;
		for (int i = 0; index < frame.writerIndex(); i++) {
			if (i == MAX_HEADERS) {
				throw new MuxProtocolException(
						"init headers: more than " + MAX_HEADERS + " (expected: <= " + MAX_HEADERS + ")");
			}
			byte[] key = bytes(frame, index, "key", i);
			index += Integer.BYTES + key.length;
			byte[] value = bytes(frame, index, "value", i);
			index += Integer.BYTES + value.length;
			headers.put(new String(key, StandardCharsets.UTF_8), value);
		}
		return headers;
	}

	/**
	 * How large a body piece the peer is willing to receive.
	 * @param headers the headers the peer sent
	 * @return bytes, at least 1; {@link Integer#MAX_VALUE} if it does not say
	 * @throws MuxProtocolException if the header is not a positive number of four bytes
	 */
	public static int fragmentLimit(Map<String, byte[]> headers) {
		byte[] value = headers.get(FRAGMENT_LIMIT);
		if (value == null) {
			return Integer.MAX_VALUE;
		}
		if (value.length != Integer.BYTES) {
			throw new MuxProtocolException("mux-framer length: " + value.length + " (expected: 4)");
		}
		int limit = Unpooled.wrappedBuffer(value).readInt();
		if (limit <= 0) {
			throw new MuxProtocolException("mux-framer: " + limit + " (expected: > 0)");
		}
		return limit;
	}

	/**
	 * Whether the peer wants TLS.
	 * @param headers the headers the peer sent
	 * @return its level; {@link OpportunisticTls#OFF} if it does not say, or something
	 * unknown
	 */
	public static OpportunisticTls tls(Map<String, byte[]> headers) {
		byte[] value = headers.get(TLS);
		return OpportunisticTls.of((value != null) ? new String(value, StandardCharsets.UTF_8) : "");
	}

	private static byte[] bytes(ByteBuf frame, int index, String name, int position) {
		MuxFrame.requireBytes(frame, index, Integer.BYTES, "init header " + position + " " + name);
		int length = frame.getInt(index);
		int left = frame.writerIndex() - index - Integer.BYTES;
		if (length < 0 || length > left) {
			throw new MuxProtocolException("init header " + position + " " + name + " length: " + length
					+ " (expected: 0.." + left + " bytes left)");
		}
		return ByteBufUtil.getBytes(frame, index + Integer.BYTES, length, true);
	}

}
