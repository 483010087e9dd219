package io.scalesrpc.redis.command;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;

import io.lettuce.core.dynamic.annotation.Command;
import io.lettuce.core.dynamic.annotation.CommandNaming;
import io.lettuce.core.dynamic.annotation.CommandNaming.LetterCase;
import io.lettuce.core.dynamic.annotation.CommandNaming.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * The command a method stands for: its template, or its name, read as Lettuce reads it.
 * Where nothing says how to read a name, {@code hgetAll} is HGETALL, since Redis has
 * that, and {@code clientInfo} is CLIENT INFO. <em>Stateless</em>.
 */
final class CommandName {

	private static final String ASYNC = "Async";

	/** Commands whose first argument is a word that says what to do. */
	private static final Set<String> WITH_SUBCOMMANDS = Set.of("ACL", "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "DEBUG",
			"FUNCTION", "LATENCY", "MEMORY", "MODULE", "OBJECT", "PUBSUB", "SCRIPT", "SLOWLOG", "XGROUP", "XINFO");

	private CommandName() {
	}

	static String of(Class<?> type, Method method) {
		Command template = method.getAnnotation(Command.class);
		CommandNaming own = method.getAnnotation(CommandNaming.class);
		CommandNaming all = method.getDeclaringClass().getAnnotation(CommandNaming.class);
		if (template != null && !template.value().isBlank()) {
			if (own == null && all == null) {
				requireKnown(template.value().trim().split("\\s+")[0]);
			}
			return template.value();
		}
		String name = split(withoutSuffix(method), strategy(own, all));
		boolean asIs = letterCase(own, all) == LetterCase.AS_IS;
		String command = asIs ? name : name.toUpperCase(Locale.ROOT);
		requireKnown(command, own, all);
		return command;
	}

	/** {@code getAsync} is GET, as beside {@code get} in one interface. */
	static String withoutSuffix(Method method) {
		String name = method.getName();
		return (name.endsWith(ASYNC) && !method.getReturnType().isPrimitive())
				? name.substring(0, name.length() - ASYNC.length()) : name;
	}

	/**
	 * Commands of modules have a dot. What is newer than Lettuce is said to be meant by
	 * an annotation.
	 */
	private static void requireKnown(String word) {
		boolean isPlace = word.startsWith("?") || word.startsWith(":");
		if (!isPlace && !word.contains(".") && !Keyword.isKnown(word)) {
			String nearest = Keyword.nearest(word)
				.map((name) -> ", such as " + name.toUpperCase(Locale.ROOT))
				.orElse("");
			throw new IllegalArgumentException("@Command: '" + word + "' is no command of Redis that Lettuce knows"
					+ " (expected: a command" + nearest + "; or one of a module, with a dot; or, if it is newer than"
					+ " Lettuce, @CommandNaming on the method)");
		}
	}

	/**
	 * A misspelt name would be found out by the server only, and {@code setPrice} would
	 * set the key PRICE.
	 */
	private static void requireKnown(String command, @Nullable CommandNaming own, @Nullable CommandNaming all) {
		if (own != null || all != null) {
			return;
		}
		String[] words = command.split(" ");
		if (!Keyword.isKnown(words[0]) || words.length > 1 && !WITH_SUBCOMMANDS.contains(words[0])) {
			String nearest = Keyword.nearest(words[0]).map((name) -> ", such as " + name).orElse("");
			throw new IllegalArgumentException("'" + command + "' is no command of Redis that Lettuce knows"
					+ " (expected: a method named like a command" + nearest + "; or @Command(\"...\"))");
		}
	}

	private static Strategy strategy(@Nullable CommandNaming own, @Nullable CommandNaming all) {
		Strategy strategy = (own != null) ? own.strategy() : Strategy.DEFAULT;
		return (strategy == Strategy.DEFAULT && all != null) ? all.strategy() : strategy;
	}

	private static LetterCase letterCase(@Nullable CommandNaming own, @Nullable CommandNaming all) {
		LetterCase letterCase = (own != null) ? own.letterCase() : LetterCase.DEFAULT;
		return (letterCase == LetterCase.DEFAULT && all != null) ? all.letterCase() : letterCase;
	}

	private static String split(String name, Strategy strategy) {
		return switch (strategy) {
			case METHOD_NAME -> name;
			case DOT -> humps(name, ".");
			case SPLIT -> humps(name, " ");
			case DEFAULT -> Keyword.isKnown(name) ? name : humps(name, " ");
		};
	}

	private static String humps(String name, String between) {
		return name.replaceAll("(?<=[^A-Z])(?=[A-Z])", between);
	}

}
