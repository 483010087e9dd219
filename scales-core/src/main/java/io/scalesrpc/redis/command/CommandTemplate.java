package io.scalesrpc.redis.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;

/**
 * A command with places for arguments, read once: words that are always the same, and
 * numbers of parameters. <em>Immutable</em>.
 *
 * @param keyword the first word
 * @param parts a {@code byte[]} or an {@code Integer} each
 * @param words the words before the first place, in text
 */
record CommandTemplate(ProtocolKeyword keyword, List<Object> parts, List<String> words) {

	/** Copies the lists. */
	CommandTemplate {
		parts = List.copyOf(parts);
		words = List.copyOf(words);
	}

	/**
	 * Reads a template: words, {@code ?0} and {@code :name} with blanks between them.
	 * Parameters it does not name come last, as with Lettuce.
	 * @param text the template
	 * @param names the names of the parameters
	 * @throws IllegalArgumentException if it names a parameter that is not there
	 */
	static CommandTemplate parse(String text, List<String> names) {
		List<String> tokens = Arrays.asList(text.trim().split("\\s+"));
		List<Object> parts = new ArrayList<>();
		for (String token : tokens.subList(1, tokens.size())) {
			parts.add(isPlace(token) ? index(token, names) : token.getBytes(StandardCharsets.UTF_8));
		}
		for (int i = 0; i < names.size(); i++) {
			if (!parts.contains(i)) {
				parts.add(i);
			}
		}
		List<String> words = tokens.stream().takeWhile((token) -> !isPlace(token)).toList();
		if (words.isEmpty()) {
			throw new IllegalArgumentException("'" + text + "' (expected: a command that begins with its name)");
		}
		return new CommandTemplate(Keyword.of(tokens.get(0)), parts, words);
	}

	private static boolean isPlace(String token) {
		return token.length() > 1 && (token.charAt(0) == '?' || token.charAt(0) == ':');
	}

	private static Integer index(String token, List<String> names) {
		String name = token.substring(1);
		int index = (token.charAt(0) == ':') ? names.indexOf(name) : number(name);
		if (index < 0 || index >= names.size()) {
			throw new IllegalArgumentException("'" + token + "' (expected: one of " + names.size()
					+ " parameters, ?0 for the first" + (names.isEmpty() ? "" : ", or by name, one of " + names) + ")");
		}
		return index;
	}

	private static int number(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private Object argument(@Nullable Object[] arguments, int index) {
		Object argument = arguments[index];
		if (argument == null) {
			throw new IllegalArgumentException(
					"argument " + (index + 1) + " of " + this.keyword + ": null (expected: a value)");
		}
		return argument;
	}

	/** The command as it goes over the wire. */
	byte[] encode(@Nullable Object[] arguments, ArgumentWriter writer, int maxBytes) {
		RespWriter out = new RespWriter(maxBytes);
		out.add(this.keyword.getBytes());
		for (Object part : this.parts) {
			writer.write((part instanceof Integer index) ? argument(arguments, index) : part, out);
		}
		return out.finish();
	}

}
