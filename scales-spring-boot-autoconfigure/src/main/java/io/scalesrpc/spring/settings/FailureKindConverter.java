package io.scalesrpc.spring.settings;

import java.util.Locale;
import java.util.Map;

import io.scalesrpc.call.FailureKind;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads kinds of failures, those too that had another name once: {@code unknown} is
 * {@code connection-lost}, {@code bug} is {@code internal}. <em>Stateless</em>;
 * thread-safe.
 */
public final class FailureKindConverter implements Converter<String, FailureKind> {

	private static final Map<String, FailureKind> ONCE = Map.of("unknown", FailureKind.CONNECTION_LOST, "bug",
			FailureKind.INTERNAL);

	/** Creates a converter. */
	public FailureKindConverter() {
	}

	@Override
	public FailureKind convert(String text) {
		String uniform = uniform(text);
		for (FailureKind kind : FailureKind.values()) {
			if (uniform(kind.name()).equals(uniform)) {
				return kind;
			}
		}
		FailureKind once = ONCE.get(uniform);
		if (once == null) {
			throw new IllegalArgumentException("No enum constant " + FailureKind.class.getName() + "." + text);
		}
		return once;
	}

	private static String uniform(String text) {
		return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * All that Spring Boot converts, and this: for whoever binds settings by hand.
	 * @return the conversions
	 */
	public static ConversionService withAll() {
		ApplicationConversionService all = new ApplicationConversionService();
		all.addConverter(new FailureKindConverter());
		return all;
	}

}
