package io.scalesrpc.mux.finagle;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.Internal;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.ShortString;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the headers that applications send along with a request or an answer:
 * {@code (klen:2 key vlen:2 value)*} in one context. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class HeadersContext {

	/** The key of the context in a Tdispatch. */
	public static final String REQUEST_KEY = "com.twitter.finagle.thrift.Request.headers";

	/** The key of the context in an Rdispatch. */
	public static final String RESPONSE_KEY = "com.twitter.finagle.thrift.Response.headers";

	/** The most bytes Finagle sends; it drops the headers behind them, we refuse. */
	public static final int MAX_BYTES = 32767;

	private HeadersContext() {
	}

	/**
	 * The value of the context.
	 * @param headers written in their order
	 * @return at most {@link #MAX_BYTES} bytes
	 * @throws IllegalArgumentException if the headers have more
	 */
	public static byte[] encode(Map<String, byte[]> headers) {
		ByteBuf buffer = Unpooled.buffer();
		headers.forEach((key, value) -> {
			ShortString.write(buffer, key, "header key");
			ShortString.write(buffer, value, "header value");
		});
		int size = buffer.readableBytes();
		if (size > MAX_BYTES) {
			throw new IllegalArgumentException("headers: " + size + " bytes (expected: <= " + MAX_BYTES + ")");
		}
		return ByteBufUtil.getBytes(buffer);
	}

	/**
	 * Reads the context.
	 * @param value the value of the context
	 * @return the headers in their order, of equal keys the last; {@code null} if a
	 * length points past the end of the value
	 */
	public static @Nullable Map<String, byte[]> decode(byte[] value) {
		ByteBuf buffer = Unpooled.wrappedBuffer(value);
		try {
			return headers(buffer);
		}
		catch (MuxProtocolException ex) {
			return null;
		}
	}

	private static Map<String, byte[]> headers(ByteBuf buffer) {
		Map<String, byte[]> headers = new LinkedHashMap<>();
		int keyIndex = buffer.readerIndex();
		for (int i = 0; keyIndex < buffer.writerIndex(); i++) {
			int valueIndex = ShortString.end(buffer, keyIndex, "header %d key", i);
			int end = ShortString.end(buffer, valueIndex, "header %d value", i);
			headers.put(ShortString.text(buffer, keyIndex, valueIndex), ShortString.bytes(buffer, valueIndex, end));
			keyIndex = end;
		}
		return headers;
	}

}
