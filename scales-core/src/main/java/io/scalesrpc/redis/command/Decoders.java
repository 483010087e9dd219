package io.scalesrpc.redis.command;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.RedisReplyException;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes results of a declared type: texts, bytes, numbers, {@code boolean},
 * {@code Optional}, lists, sets and maps of these, {@code Object} for whatever comes, and
 * any other class by the codec of values. Where there is nothing in Redis, the result is
 * {@code null}, {@code false} or empty. <em>Immutable</em>.
 *
 * @param values makes objects of bytes; null if there is none
 */
public record Decoders(@Nullable ValueCodec values) {

	private static final String EXPECTED = "String, byte[], a number, boolean, an enum, Optional, List, Set, Map,"
			+ " Object or void; for other classes a codec of values, which a Spring application has"
			+ " with org.springframework.boot:spring-boot-starter-jackson";

	/**
	 * Finds it.
	 * @param type what a method returns, or the type argument of what it returns
	 * @throws IllegalArgumentException if nothing fits
	 */
	Decoder of(Type type) {
		if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
			Type[] arguments = parameterized.getActualTypeArguments();
			if (Map.class == raw) {
				return new Pairs(of(arguments[0]), of(arguments[1]));
			}
			if (Map.Entry.class == raw) {
				return new Entry(of(arguments[0]), of(arguments[1]));
			}
			Decoder element = (arguments.length == 1) ? elements(raw, arguments[0]) : null;
			return (element != null) ? element : byCodec(type);
		}
		Decoder simple = (type instanceof Class<?> raw) ? simple(raw) : null;
		return (simple != null) ? simple : byCodec(type);
	}

	private @Nullable Decoder elements(Class<?> raw, Type argument) {
		if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
			return new Elements(of(argument), ArrayList::new);
		}
		if (raw == java.util.Set.class) {
			return new Elements(of(argument), LinkedHashSet::new);
		}
		if (raw == Optional.class) {
			Decoder inner = of(argument);
			return (reply) -> Optional.ofNullable(inner.decode(reply));
		}
		return null;
	}

	private static @Nullable Decoder simple(Class<?> raw) {
		if (raw == void.class || raw == Void.class) {
			return (reply) -> null;
		}
		if (raw == String.class || raw == CharSequence.class) {
			return Decoders::text;
		}
		if (raw == boolean.class || raw == Boolean.class) {
			return Decoders::truth;
		}
		if (raw == Object.class || raw == List.class || raw == Collection.class) {
			return Decoders::natural;
		}
		if (raw == byte[].class) {
			return Decoders::bytes;
		}
		return raw.isEnum() ? constant(raw) : number(raw);
	}

	private static @Nullable Decoder number(Class<?> raw) {
		Function<String, Object> parser;
		if (raw == long.class || raw == Long.class) {
			return (reply) -> (reply instanceof Long) ? reply : parsed(reply, Long::valueOf);
		}
		if (raw == int.class || raw == Integer.class) {
			parser = Integer::valueOf;
		}
		else if (raw == double.class || raw == Double.class) {
			return (reply) -> (reply instanceof Double) ? reply : parsed(reply, Decoders::floating);
		}
		else if (raw == short.class || raw == Short.class) {
			parser = Short::valueOf;
		}
		else {
			return null;
		}
		return (reply) -> parsed(reply, parser);
	}

	/** Redis writes infinity in its own way. */
	private static Double floating(String text) {
		return switch (text) {
			case "inf", "+inf" -> Double.POSITIVE_INFINITY;
			case "-inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.valueOf(text);
		};
	}

	private static @Nullable Object parsed(@Nullable Object reply, Function<String, Object> parser) {
		String text = text(reply);
		return (text != null) ? parser.apply(text) : null;
	}

	private static Decoder constant(Class<?> raw) {
		Object[] constants = raw.getEnumConstants();
		return (reply) -> {
			String name = text(reply);
			return (name == null) ? null
					: Arrays.stream(constants)
						.filter((constant) -> ((Enum<?>) constant).name().equals(name))
						.findFirst()
						.orElseThrow(() -> new IllegalArgumentException(
								"'" + name + "' (expected: one of " + Arrays.toString(constants) + ")"));
		};
	}

	private Decoder byCodec(Type type) {
		ValueCodec codec = this.values;
		if (codec == null) {
			throw new IllegalArgumentException(type.getTypeName() + " (expected: " + EXPECTED + ")");
		}
		return (reply) -> {
			byte[] bytes = bytes(reply);
			return (bytes != null) ? codec.decode(bytes, type) : null;
		};
	}

	static @Nullable String text(@Nullable Object reply) {
		if (reply instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		requireScalar(reply);
		return (reply != null) ? reply.toString() : null;
	}

	private static byte @Nullable [] bytes(@Nullable Object reply) {
		if (reply == null || reply instanceof byte[]) {
			return (byte[]) reply;
		}
		requireScalar(reply);
		return reply.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Nothing is false, so that {@code SET ... NX} tells whether it did. */
	private static Object truth(@Nullable Object reply) {
		String text = text(reply);
		if (text == null || text.equals("0") || text.equals("false")) {
			return false;
		}
		if (text.equals("1") || text.equals("true") || text.equals("OK")) {
			return true;
		}
		throw new IllegalArgumentException("a reply of another kind (expected: 1, 0, true, false, OK or nothing)");
	}

	/** As Redis has it; what it calls strings are texts. */
	public static @Nullable Object natural(@Nullable Object reply) {
		if (reply instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		if (reply instanceof List<?> list) {
			return Elements.decode(list, Decoders::natural, new ArrayList<>(list.size()));
		}
		return reply;
	}

	private static void requireScalar(@Nullable Object reply) {
		if (reply instanceof RedisReplyException error) {
			throw error;
		}
		if (reply instanceof List<?> list) {
			throw new IllegalArgumentException("a list of " + list.size() + " (expected: a single value)");
		}
	}

	public static List<?> list(@Nullable Object reply) {
		if (reply instanceof List<?> list) {
			return list;
		}
		if (reply == null) {
			return List.of();
		}
		throw new IllegalArgumentException("a single value (expected: a list)");
	}

	/** Lists and sets. <em>Immutable</em>. */
	private record Elements(Decoder element,
			java.util.function.Supplier<Collection<@Nullable Object>> made) implements Decoder {

		@Override
		public Object decode(@Nullable Object reply) {
			return decode(list(reply), this.element, this.made.get());
		}

		static Collection<@Nullable Object> decode(List<?> list, Decoder element, Collection<@Nullable Object> into) {
			for (Object each : list) {
				into.add(element.decode(each));
			}
			return into;
		}

	}

	/**
	 * Maps: keys and values in turn, or, as RESP3 has sorted sets, lists of two.
	 * <em>Immutable</em>.
	 */
	private record Pairs(Decoder key, Decoder value) implements Decoder {

		@Override
		public Object decode(@Nullable Object reply) {
			List<?> list = list(reply);
			Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
			if (!list.isEmpty() && list.get(0) instanceof List<?>) {
				for (Object pair : list) {
					put(map, list(pair), 0);
				}
			}
			else {
				for (int i = 0; i < list.size(); i += 2) {
					put(map, list, i);
				}
			}
			return map;
		}

		private void put(Map<@Nullable Object, @Nullable Object> map, List<?> list, int index) {
			if (index + 1 >= list.size()) {
				throw new IllegalArgumentException("a list of " + list.size() + " (expected: keys and values in turn)");
			}
			map.put(this.key.decode(list.get(index)), this.value.decode(list.get(index + 1)));
		}

	}

	/** One key with its value. <em>Immutable</em>. */
	private record Entry(Decoder key, Decoder value) implements Decoder {

		@Override
		public Object decode(@Nullable Object reply) {
			List<?> pair = list(reply);
			return new java.util.AbstractMap.SimpleImmutableEntry<>(this.key.decode(pair.get(0)),
					this.value.decode(pair.get(1)));
		}

	}

}
