package io.scalesrpc.redis.command;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ReadOnlyCommands;
import io.scalesrpc.protocol.NearestName;

/**
 * The first word of a command that Lettuce does not know. <em>Immutable</em>.
 *
 * @param text the word
 */
record Keyword(String text) implements ProtocolKeyword {

	private static final Map<String, CommandType> KNOWN = known();

	/** The word as Lettuce knows it, if it does, since by that it is a read or is not. */
	static ProtocolKeyword of(String word) {
		CommandType known = KNOWN.get(word.toUpperCase(Locale.ROOT));
		return (known != null) ? known : new Keyword(word);
	}

	static boolean isKnown(String word) {
		return KNOWN.containsKey(word.toUpperCase(Locale.ROOT));
	}

	/** The command that was most likely meant by a word that is none, in lower case. */
	static Optional<String> nearest(String word) {
		return NearestName.of(word, KNOWN.keySet().stream().sorted().toList())
			.map((name) -> name.toLowerCase(Locale.ROOT));
	}

	/** Whether a command changes nothing and a repetition does no harm. */
	static boolean isRead(ProtocolKeyword keyword) {
		// Some of their subcommands change something.
		return keyword != CommandType.CLIENT && keyword != CommandType.SCRIPT
				&& ReadOnlyCommands.isReadOnlyCommand(keyword);
	}

	/** Whether a cursor makes the next call: it means nothing to another server. */
	static boolean isScan(ProtocolKeyword keyword) {
		return keyword == CommandType.SCAN || keyword == CommandType.HSCAN || keyword == CommandType.SSCAN
				|| keyword == CommandType.ZSCAN;
	}

	@Override
	public byte[] getBytes() {
		return this.text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.text;
	}

	private static Map<String, CommandType> known() {
		Map<String, CommandType> known = new HashMap<>();
		for (CommandType type : CommandType.values()) {
			known.put(type.toString().toUpperCase(Locale.ROOT), type);
		}
		return Map.copyOf(known);
	}

}
