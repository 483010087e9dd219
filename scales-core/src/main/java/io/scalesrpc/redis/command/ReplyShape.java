package io.scalesrpc.redis.command;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.lettuce.core.SetArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;

/**
 * What a command is answered with, as far as its name tells: so a result that no reply
 * can ever be is found when the application starts. Commands whose answer depends on
 * their arguments, and those of modules, are not here. <em>Immutable</em>.
 */
enum ReplyShape {

	/** The word OK, or another. */
	WORD("the word OK"),

	/** A number. */
	NUMBER("a number"),

	/** A value, or nothing. */
	VALUE("one value"),

	/** A list, a set or a map. */
	LIST("a list");

	private static final Map<ProtocolKeyword, ReplyShape> KNOWN = known();

	private static final Set<Class<?>> NUMBERS = Set.of(long.class, Long.class, int.class, Integer.class, short.class,
			Short.class, double.class, Double.class);

	private static final Set<Class<?>> ANYTHING = Set.of(Object.class, void.class, Void.class);

	private static final Set<Class<?>> LISTS = Set.of(List.class, Collection.class, Iterable.class, Set.class,
			Map.class, Map.Entry.class);

	private final String text;

	ReplyShape(String text) {
		this.text = text;
	}

	/**
	 * Refuses a result that no reply fits.
	 * @param command the command with what is always the same of it
	 * @param parameters the types of the method's parameters
	 * @param result what is to be made of the reply
	 * @param many whether it is an element of several
	 * @throws IllegalArgumentException if the command is known and its replies never fit
	 */
	static void requireFit(CommandTemplate command, Class<?>[] parameters, Type result, boolean many) {
		ReplyShape shape = of(command, parameters);
		if (shape != null && !(many ? shape == LIST : shape.fits(result))) {
			throw new IllegalArgumentException("result: " + (many ? "Flux" : result.getTypeName()) + " (expected: "
					+ shape.expected(many) + ", since " + command.keyword() + " is answered with " + shape.text + ")");
		}
	}

	private static @Nullable ReplyShape of(CommandTemplate command, Class<?>[] parameters) {
		boolean returnsOld = command.keyword() == CommandType.SET
				&& (Arrays.asList(parameters).contains(SetArgs.class) || command.parts()
					.stream()
					.anyMatch((part) -> part instanceof byte[] word
							&& new String(word, StandardCharsets.UTF_8).equalsIgnoreCase("GET")));
		return returnsOld ? VALUE : KNOWN.get(command.keyword());
	}

	private boolean fits(Type result) {
		Type inner = result;
		while (inner instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
			inner = optional.getActualTypeArguments()[0];
		}
		Type raw = (inner instanceof ParameterizedType parameterized) ? parameterized.getRawType() : inner;
		if (!(raw instanceof Class<?> type) || ANYTHING.contains(type)) {
			return true;
		}
		// Others without type arguments are read from JSON.
		boolean list = LISTS.contains(type) && (inner != raw || type == List.class || type == Collection.class);
		return switch (this) {
			case WORD -> !list && !NUMBERS.contains(type);
			case NUMBER -> !list && !type.isEnum();
			case VALUE -> !list;
			case LIST -> list;
		};
	}

	private String expected(boolean many) {
		if (many) {
			return "a single result";
		}
		return switch (this) {
			case WORD -> "void, boolean or String";
			case NUMBER -> "a number, boolean or void";
			case VALUE -> "a single value, such as String";
			case LIST -> "a List, Set, Map or Flux";
		};
	}

	private static Map<ProtocolKeyword, ReplyShape> known() {
		Map<ProtocolKeyword, ReplyShape> all = new HashMap<>();
		put(all, WORD, "SET", "SETEX", "PSETEX", "MSET", "HMSET", "LSET", "LTRIM", "RENAME", "FLUSHALL", "FLUSHDB",
				"PFMERGE", "TYPE", "RESTORE", "XSETID");
		put(all, NUMBER, "APPEND", "BITCOUNT", "BITOP", "BITPOS", "COPY", "DBSIZE", "DECR", "DECRBY", "DEL", "EXISTS",
				"EXPIRE", "EXPIREAT", "EXPIRETIME", "GEOADD", "GETBIT", "HDEL", "HEXISTS", "HINCRBY", "HLEN", "HSET",
				"HSETNX", "HSTRLEN", "INCR", "INCRBY", "LINSERT", "LLEN", "LPUSH", "LPUSHX", "LREM", "MOVE", "MSETNX",
				"PERSIST", "PEXPIRE", "PEXPIREAT", "PEXPIRETIME", "PFADD", "PFCOUNT", "PTTL", "PUBLISH", "RENAMENX",
				"RPUSH", "RPUSHX", "SADD", "SCARD", "SDIFFSTORE", "SETBIT", "SETNX", "SETRANGE", "SINTERSTORE",
				"SISMEMBER", "SMOVE", "SREM", "STRLEN", "SUNIONSTORE", "TOUCH", "TTL", "UNLINK", "XACK", "XDEL", "XLEN",
				"XTRIM", "ZCARD", "ZCOUNT", "ZINTERSTORE", "ZLEXCOUNT", "ZREM", "ZREMRANGEBYLEX", "ZREMRANGEBYRANK",
				"ZREMRANGEBYSCORE", "ZUNIONSTORE");
		put(all, VALUE, "DUMP", "ECHO", "GET", "GETDEL", "GETEX", "GETRANGE", "GETSET", "HGET", "HINCRBYFLOAT",
				"INCRBYFLOAT", "LINDEX", "LMOVE", "RPOPLPUSH", "RANDOMKEY", "XADD", "ZINCRBY", "ZSCORE");
		put(all, LIST, "GEOHASH", "GEOPOS", "HGETALL", "HKEYS", "HMGET", "HSCAN", "HVALS", "KEYS", "LRANGE", "MGET",
				"SCAN", "SDIFF", "SINTER", "SMEMBERS", "SMISMEMBER", "SSCAN", "SUNION", "XRANGE", "XREVRANGE", "ZDIFF",
				"ZINTER", "ZMSCORE", "ZPOPMAX", "ZPOPMIN", "ZRANGE", "ZRANGEBYLEX", "ZRANGEBYSCORE", "ZREVRANGE",
				"ZREVRANGEBYLEX", "ZREVRANGEBYSCORE", "ZSCAN", "ZUNION");
		return Map.copyOf(all);
	}

	private static void put(Map<ProtocolKeyword, ReplyShape> all, ReplyShape shape, String... commands) {
		for (String command : commands) {
			all.put(Keyword.of(command), shape);
		}
	}

}
