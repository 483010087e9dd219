package io.scalesrpc.redis.command;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lettuce.core.CompositeArgument;
import io.lettuce.core.protocol.ProtocolKeyword;

/**
 * How many arguments the most common commands need at least: a method with fewer could
 * never be answered. Of other commands nothing is said. <em>Stateless</em>.
 */
final class LeastArguments {

	private static final Map<ProtocolKeyword, Integer> KNOWN = known();

	private LeastArguments() {
	}

	/**
	 * Refuses a command that is too short.
	 * @param command the command with what is always the same of it
	 * @param parameters the types of the method's parameters
	 * @throws IllegalArgumentException if the command is known and has too few arguments
	 */
	static void require(CommandTemplate command, List<Class<?>> parameters) {
		int least = KNOWN.getOrDefault(command.keyword(), 0);
		int given = command.parts().size();
		if (given < least && parameters.stream().noneMatch(LeastArguments::isSeveral)) {
			throw new IllegalArgumentException("arguments of " + command.keyword() + ": " + given
					+ " (expected: at least " + least + "; parameters of the method, or words of its @Command)");
		}
	}

	private static boolean isSeveral(Class<?> type) {
		return type == Object.class || (type.isArray() && type != byte[].class) || Iterable.class.isAssignableFrom(type)
				|| Map.class.isAssignableFrom(type) || CompositeArgument.class.isAssignableFrom(type);
	}

	private static Map<ProtocolKeyword, Integer> known() {
		Map<ProtocolKeyword, Integer> all = new HashMap<>();
		put(all, 1, "DECR", "DEL", "DUMP", "ECHO", "EXISTS", "EXPIRETIME", "GET", "GETDEL", "GETEX", "HGETALL", "HKEYS",
				"HLEN", "HVALS", "INCR", "KEYS", "LLEN", "LPOP", "MGET", "PERSIST", "PEXPIRETIME", "PTTL", "RPOP",
				"SCARD", "SINTER", "SMEMBERS", "SPOP", "SRANDMEMBER", "STRLEN", "SUNION", "TOUCH", "TTL", "TYPE",
				"UNLINK", "XLEN", "ZCARD", "ZPOPMAX", "ZPOPMIN");
		put(all, 2, "APPEND", "DECRBY", "EXPIRE", "EXPIREAT", "GETBIT", "GETSET", "HDEL", "HEXISTS", "HGET", "HMGET",
				"HSTRLEN", "INCRBY", "INCRBYFLOAT", "LINDEX", "LPUSH", "LPUSHX", "MSET", "MSETNX", "PEXPIRE",
				"PEXPIREAT", "PUBLISH", "RENAME", "RENAMENX", "RPUSH", "RPUSHX", "SADD", "SET", "SETNX", "SISMEMBER",
				"SMISMEMBER", "SREM", "ZMSCORE", "ZRANK", "ZREM", "ZREVRANK", "ZSCORE");
		put(all, 3, "GETRANGE", "HINCRBY", "HINCRBYFLOAT", "HSET", "HSETNX", "LRANGE", "LREM", "LSET", "LTRIM",
				"PSETEX", "SETBIT", "SETEX", "SETRANGE", "SMOVE", "ZADD", "ZCOUNT", "ZINCRBY", "ZRANGE",
				"ZRANGEBYSCORE", "ZREVRANGE");
		return Map.copyOf(all);
	}

	private static void put(Map<ProtocolKeyword, Integer> all, int least, String... commands) {
		Arrays.stream(commands).forEach((command) -> all.put(Keyword.of(command), least));
	}

}
