package io.scalesrpc.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Options as the texts that {@link OptionReader} reads. <em>Immutable</em>.
 *
 * @param texts the texts by the names of the options
 */
public record OptionTexts(Map<String, String> texts) {

	/** Nothing is set. */
	public static final OptionTexts NONE = new OptionTexts(Map.of());

	/** Copies the texts. */
	public OptionTexts {
		texts = Map.copyOf(texts);
	}

	/**
	 * Returns these options with one of them set.
	 * @param name the option
	 * @param value a text, number, flag or {@link Duration}, or a constant of an enum
	 * @return the new options
	 */
	public OptionTexts with(String name, Object value) {
		Map<String, String> all = new LinkedHashMap<>(this.texts);
		all.put(name, (value instanceof Enum<?> constant) ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
				: value.toString());
		return new OptionTexts(all);
	}

}
