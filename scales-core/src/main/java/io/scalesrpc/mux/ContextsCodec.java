package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;

/**
 * The contexts of a Tdispatch or Rdispatch: {@code count:2 (klen:2 key vlen:2 value)*}.
 * <em>Stateless</em>; thread-safe.
 */
@Internal
public final class ContextsCodec {

	/**
	 * A Finagle request carries about five. Every {@link Context#with} copies, so that
	 * without a limit a frame of 400 kB could hold the event loop for seconds.
	 */
	static final int MAX_CONTEXTS = 256;

	private ContextsCodec() {
	}

	public static void requireFits(Context contexts) {
		int size = count(contexts);
		for (int i = 0; i < size; i++) {
			ShortString.requireFits(contexts.key(i), "context key");
			ShortString.requireFits(contexts.value(i).length, "context value");
		}
	}

	private static int count(Context contexts) {
		int size = contexts.size();
		if (size > MAX_CONTEXTS) {
			throw new IllegalArgumentException("contexts: " + size + " (expected: <= " + MAX_CONTEXTS + ")");
		}
		return size;
	}

	static void write(ByteBuf buffer, Context contexts) {
		int size = count(contexts);
		buffer.writeShort(size);
		for (int i = 0; i < size; i++) {
			ShortString.write(buffer, contexts.key(i), "context key");
			ShortString.write(buffer, contexts.value(i), "context value");
		}
	}

	static Context read(ByteBuf frame, int index) {
		int count = count(frame, index);
		Context contexts = Context.empty();
		int keyIndex = index + ShortString.LENGTH_BYTES;
		for (int i = 0; i < count; i++) {
			int valueIndex = ShortString.end(frame, keyIndex, "context %d key", i);
			int end = ShortString.end(frame, valueIndex, "context %d value", i);
			contexts = contexts.with(ShortString.text(frame, keyIndex, valueIndex),
					ShortString.bytes(frame, valueIndex, end));
			keyIndex = end;
		}
		return contexts;
	}

	/** The index behind the contexts. */
	public static int end(ByteBuf frame, int index) {
		int count = count(frame, index);
		int end = index + ShortString.LENGTH_BYTES;
		for (int i = 0; i < count; i++) {
			end = ShortString.end(frame, end, "context %d key", i);
			end = ShortString.end(frame, end, "context %d value", i);
		}
		return end;
	}

	private static int count(ByteBuf frame, int index) {
		int count = ShortString.count(frame, index, "context count");
		if (count > MAX_CONTEXTS) {
			throw new MuxProtocolException("context count: " + count + " (expected: <= " + MAX_CONTEXTS + ")");
		}
		return count;
	}

}
