package io.scalesrpc.redis.command;

import java.lang.reflect.Array;
import java.util.Map;
import java.util.UUID;

import io.lettuce.core.CompositeArgument;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.protocol.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Writes the arguments of methods: texts in UTF-8, numbers, {@code true} and
 * {@code false}, bytes and the argument objects of Lettuce as they are; collections,
 * arrays and maps as one argument for each element, key and value; any other object as
 * the codec of values makes it. <em>Immutable</em>.
 *
 * @param values makes bytes of objects; null if there is none
 */
record ArgumentWriter(@Nullable ValueCodec values) {

	/** Whether arguments declared like this can be written. */
	boolean takes(Class<?> type) {
		return this.values != null || type == Object.class || type.isPrimitive() || type.isArray() || type.isEnum()
				|| isText(type) || Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| CompositeArgument.class.isAssignableFrom(type) || ProtocolKeyword.class.isAssignableFrom(type);
	}

	private static boolean isText(Class<?> type) {
		return CharSequence.class.isAssignableFrom(type) || Number.class.isAssignableFrom(type) || type == Boolean.class
				|| type == Character.class || type == UUID.class;
	}

	void write(@Nullable Object value, RespWriter out) {
		if (value == null) {
			throw new IllegalArgumentException("an element of an argument: null (expected: a value)");
		}
		if (value instanceof byte[] bytes) {
			out.add(bytes);
		}
		else if (value instanceof ProtocolKeyword keyword) {
			out.add(keyword.getBytes());
		}
		else if (isText(value.getClass()) || value instanceof Enum<?>) {
			out.add((value instanceof Enum<?> constant) ? constant.name() : value.toString());
		}
		else if (value instanceof CompositeArgument composite) {
			writeComposite(composite, out);
		}
		else {
			writeElements(value, out);
		}
	}

	private void writeElements(Object value, RespWriter out) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> {
				write(key, out);
				write(element, out);
			});
		}
		else if (value instanceof Iterable<?> elements) {
			elements.forEach((element) -> write(element, out));
		}
		else if (value.getClass().isArray()) {
			for (int i = 0; i < Array.getLength(value); i++) {
				write(Array.get(value, i), out);
			}
		}
		else if (this.values != null) {
			out.add(this.values.encode(value));
		}
		else {
			throw new IllegalArgumentException("argument: " + value.getClass().getName()
					+ " (expected: a text, a number, bytes, or a codec of values)");
		}
	}

	/** Such as {@code SetArgs}: Lettuce writes them as RESP. */
	private static void writeComposite(CompositeArgument argument, RespWriter out) {
		CommandArgs<byte[], byte[]> words = new CommandArgs<>(ByteArrayCodec.INSTANCE);
		argument.build(words);
		ByteBuf encoded = Unpooled.buffer();
		words.encode(encoded);
		out.addEncoded(ByteBufUtil.getBytes(encoded), words.count());
	}

}
