package io.scalesrpc.redis.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Commands that must not be sent on a connection that calls share, each with the reason.
 * <em>Stateless</em>.
 */
final class Refused {

	private static final String PUSHED = "answers again and again, on a connection that calls share";

	private static final String WAITS = "makes every call behind it on the connection wait";

	private static final String CHANGES = "changes the connection, which calls share";

	private static final Map<String, String> REASONS = reasons();

	private Refused() {
	}

	/**
	 * Judges a command.
	 * @param words those that are known of it, from its first on
	 * @return why it must not be sent; null if it may
	 */
	static @Nullable String reason(List<String> words) {
		String first = words.get(0).toUpperCase(Locale.ROOT);
		String second = (words.size() > 1) ? words.get(1).toUpperCase(Locale.ROOT) : "";
		String reason = REASONS.getOrDefault(first, REASONS.get(first + " " + second));
		if (reason == null && first.startsWith("XREAD") && words.stream().anyMatch("BLOCK"::equalsIgnoreCase)) {
			reason = WAITS;
		}
		return reason;
	}

	private static Map<String, String> reasons() {
		Map<String, String> all = new HashMap<>();
		put(all, PUSHED, "SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "SSUBSCRIBE", "SUNSUBSCRIBE",
				"MONITOR", "SYNC", "PSYNC", "CLIENT TRACKING");
		put(all, WAITS, "BLPOP", "BRPOP", "BRPOPLPUSH", "BLMOVE", "BLMPOP", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT",
				"WAITAOF");
		put(all, CHANGES + "; a script does several things at once, by EVAL or FCALL", "MULTI", "EXEC", "DISCARD",
				"WATCH", "UNWATCH");
		put(all, CHANGES + "; see redis.database", "SELECT");
		put(all, CHANGES + "; see redis.username and redis.password", "AUTH");
		put(all, CHANGES + "; see redis.client-name", "CLIENT SETNAME");
		put(all, CHANGES, "HELLO", "RESET", "QUIT", "REPLCONF", "READONLY", "READWRITE", "ASKING", "CLIENT REPLY",
				"CLIENT CACHING", "CLIENT NO-EVICT", "CLIENT NO-TOUCH", "CLIENT SETINFO", "SCRIPT DEBUG");
		put(all, "stops the server", "SHUTDOWN");
		return Map.copyOf(all);
	}

	private static void put(Map<String, String> all, String reason, String... commands) {
		for (String command : commands) {
			all.put(command, reason);
		}
	}

}
