package io.scalesrpc.spring.settings;

import java.util.Locale;
import java.util.Map;

import io.scalesrpc.call.FailureKind;

import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.convert.support.GenericConversionService;

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
	 * For whoever binds settings by hand: this, and collections of it. A binder knows by
	 * itself what else Spring Boot converts, and to make all of that anew takes long.
	 * @return the conversions
	 */
	public static ConversionService alone() {
		GenericConversionService alone = new GenericConversionService();
		alone.addConverter(new FailureKindConverter());
		DefaultConversionService.addCollectionConverters(alone);
		return alone;
	}

}
