package io.scalesrpc.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.scalesrpc.protocol.NearestName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/**
 * Tells of a key below {@code scales} that nobody knows, and of a value that is of
 * another kind than its setting, what is allowed there and what was most likely meant.
 * All else is left to Spring Boot. <em>Thread-safe</em>.
 */
final class ScalesBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("scales");

	/** Before those of Spring Boot. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!ROOT.equals(cause.getName()) && !ROOT.isAncestorOf(cause.getName())) {
			return null;
		}
		UnboundConfigurationPropertiesException unbound = findCause(cause,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null) {
			return unknown(unbound, cause);
		}
		ConfigurationProperty property = cause.getProperty();
		Class<?> type = cause.getTarget().getType().resolve();
		return (property != null && type != null) ? wrong(property, type, cause) : null;
	}

	private static FailureAnalysis unknown(UnboundConfigurationPropertiesException unbound, BindException cause) {
		ConfigurationProperty property = unbound.getUnboundProperties()
			.stream()
			.min(Comparator.comparing((one) -> one.getName().toString()))
			.orElseThrow();
		ConfigurationPropertyName name = property.getName();
		Level level = Level.of(name);
		String unknown = level.parent.append(name.getElement(level.depth, Form.DASHED)).toString();
		String nearest = NearestName.of(name.getElement(level.depth, Form.DASHED), level.names)
			.map((meant) -> " Did you mean '" + level.parent.append(meant) + "'?")
			.orElse("");
		return analysis(property,
				unknown + ": no setting (expected: "
						+ (level.names.isEmpty() ? "nothing below " + level.parent : "one of " + level.names) + ")",
				"Remove '" + name + "', or correct its name." + nearest, cause);
	}

	private static FailureAnalysis wrong(ConfigurationProperty property, Class<?> type, BindException cause) {
		String value = String.valueOf(property.getValue());
		Object[] constants = type.getEnumConstants();
		List<String> allowed = (constants != null)
				? Arrays.stream(constants).map((one) -> DataObjectPropertyName.toDashedForm(lower(one))).toList()
				: List.of();
		String nearest = NearestName.of(value, allowed).map((meant) -> " Did you mean '" + meant + "'?").orElse("");
		String last = property.getName().getLastElement(Form.DASHED);
		return analysis(property,
				last + ": " + value + " (expected: " + (allowed.isEmpty() ? kind(type) : "one of " + allowed) + ")",
				"Correct the value of '" + property.getName() + "'." + nearest, cause);
	}

	private static String lower(Object constant) {
		return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String kind(Class<?> type) {
		if (type == Duration.class) {
			return "a duration, such as 500ms, 2s or 1m";
		}
		if (type == DataSize.class) {
			return "a size, such as 64KB or 16MB";
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		if (type == Class.class) {
			return "the whole name of a class on the class path";
		}
		if (type == Double.class || type == double.class) {
			return "a number";
		}
		return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "a whole number"
				: "settings of its own below it, or a " + type.getSimpleName();
	}

	private static FailureAnalysis analysis(ConfigurationProperty property, String reason, String action,
			BindException cause) {
		ConfiguredSetting setting = new ConfiguredSetting(property.getName().toString(),
				String.valueOf(property.getValue()), Origin.from(property));
		return new FailureAnalysis(ScalesConfigurationFailureAnalyzer
			.description("The configuration of Scales could not be read:", setting, reason), action, cause);
	}

	/**
	 * Where in the tree of settings a name leaves it. <em>Immutable</em>.
	 *
	 * @param parent what there is above
	 * @param depth the number of the element that nobody knows
	 * @param names what may stand there
	 */
	private record Level(ConfigurationPropertyName parent, int depth, List<String> names) {

		static Level of(ConfigurationPropertyName name) {
			Type type = ScalesProperties.class;
			int depth = 1;
			for (; depth < name.getNumberOfElements() - 1; depth++) {
				Type below = below(type, name.getElement(depth, Form.UNIFORM));
				if (below == null) {
					break;
				}
				type = below;
			}
			return new Level(name.chop(depth), depth, names(type));
		}

		private static @Nullable Type below(Type type, String element) {
			if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
				return map.getActualTypeArguments()[1];
			}
			return components(type).filter((component) -> uniform(component.getName()).equals(element))
				.map(RecordComponent::getGenericType)
				.findFirst()
				.orElse(null);
		}

		private static String uniform(String name) {
			return name.toLowerCase(Locale.ROOT);
		}

		private static List<String> names(Type type) {
			return components(type).map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
				.sorted()
				.toList();
		}

		private static Stream<RecordComponent> components(Type type) {
			return (type instanceof Class<?> raw && raw.isRecord()) ? Arrays.stream(raw.getRecordComponents())
					: Stream.empty();
		}

	}

}
