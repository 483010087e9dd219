package io.scalesrpc.spring.endpoint;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.scalesrpc.spring.SettingNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.ReflectionUtils;

/**
 * The texts of settings by the names of their properties. Settings that are records are
 * taken apart: what they have inside is called as in the core, so that a setting which is
 * new there is shown without a word here. Of settings that are off nothing else is shown.
 * <em>Confined to the thread that asks</em>.
 */
final class SettingTexts {

	private static final String ENABLED = "enabled";

	private final Map<String, String> all = new TreeMap<>();

	void add(String name, @Nullable Object value) {
		if (value instanceof Record settings) {
			addParts(name, settings);
		}
		else if (value != null) {
			String property = SettingNames.property(name);
			boolean isBytes = property.startsWith("limits.") && property.endsWith("-size");
			this.all.put(property, isBytes ? value + "B" : text(value));
		}
	}

	void remove(String name) {
		this.all.remove(name);
	}

	Map<String, String> all() {
		return this.all;
	}

	private void addParts(String name, Record settings) {
		boolean isOff = false;
		for (RecordComponent part : settings.getClass().getRecordComponents()) {
			Object value = ReflectionUtils.invokeMethod(part.getAccessor(), settings);
			if (!isOff) {
				add(name + "." + part.getName(), value);
			}
			isOff |= part.getName().equals(ENABLED) && Boolean.FALSE.equals(value);
		}
	}

	/** As it is written in a configuration. */
	static String text(Object value) {
		if (value instanceof Duration time) {
			return DurationStyle.SIMPLE.print(time, ChronoUnit.MILLIS);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		return (value instanceof Collection<?> some)
				? some.stream().sorted().map(SettingTexts::text).collect(Collectors.joining(",")) : value.toString();
	}

}
