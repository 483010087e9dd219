package io.scalesrpc.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.scalesrpc.protocol.NearestName;
import io.scalesrpc.spring.settings.FailureKindConverter;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.unit.DataSize;

/**
 * Tells of a key below {@code scales} that nobody knows, and of a value that is of
 * another kind than its setting, what is allowed there and what was most likely meant.
 * All else is left to Spring Boot. <em>Thread-safe</em>.
 */
final class ScalesBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

	private static final Logger logger = LoggerFactory.getLogger(ScalesBindingFailureAnalyzer.class);

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("scales");

	private final @Nullable Environment environment;

	/**
	 * Creates the analyzer.
	 * @param environment finds what was written; {@code null} if it is not at hand
	 */
	ScalesBindingFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	/** Before those of Spring Boot. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		FailureAnalysis first = first(cause);
		return (first != null && this.environment != null) ? all(this.environment, cause, first) : first;
	}

	private @Nullable FailureAnalysis first(BindException cause) {
		if (!ROOT.equals(cause.getName()) && !ROOT.isAncestorOf(cause.getName())) {
			return null;
		}
		UnboundConfigurationPropertiesException unbound = findCause(cause,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null) {
			return unknown(unbound, cause);
		}
		Class<?> type = cause.getTarget().getType().resolve();
		return (type != null && (cause.getProperty() != null || type.isRecord())) ? wrong(cause, type) : null;
	}

	/**
	 * Reading stops at the first value that cannot be read: so it is read again as if
	 * that had not been written, and what could be read then is looked at, too.
	 */
	private FailureAnalysis all(Environment environment, BindException cause, FailureAnalysis first) {
		Set<String> texts = new LinkedHashSet<>(List.of(first.getDescription()));
		Set<String> actions = new LinkedHashSet<>(List.of(String.valueOf(first.getAction())));
		try {
			addMore(environment, cause, texts, actions);
		}
		catch (RuntimeException | LinkageError ex) {
			// What was found is told, whatever becomes of the rest.
			logger.debug("no more could be found", ex);
		}
		return new FailureAnalysis(String.join("\n\n", texts), String.join("\n", actions), cause);
	}

	private void addMore(Environment environment, BindException cause, Set<String> texts, Set<String> actions) {
		Set<ConfigurationPropertyName> unread = new HashSet<>(names(cause));
		ScalesProperties read = null;
		boolean more = true;
		while (read == null && more) {
			try {
				read = read(environment, unread);
			}
			catch (BindException ex) {
				FailureAnalysis next = first(ex);
				more = unread.addAll(names(ex)) && next != null;
				if (next != null) {
					texts.add(next.getDescription());
					actions.add(String.valueOf(next.getAction()));
				}
			}
		}
		if (read != null) {
			for (ScalesConfigurationException mistake : mistakes(read, environment, unread)) {
				texts.add(ScalesConfigurationFailureAnalyzer.text(mistake));
				actions.add(mistake.remedy());
			}
		}
	}

	private static Set<ConfigurationPropertyName> names(BindException cause) {
		UnboundConfigurationPropertiesException unbound = findIn(cause);
		return (unbound != null) ? unbound.getUnboundProperties()
			.stream()
			.map(ConfigurationProperty::getName)
			.collect(Collectors.toSet()) : Set.of(cause.getName());
	}

	private static @Nullable UnboundConfigurationPropertiesException findIn(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnboundConfigurationPropertiesException unbound) {
				return unbound;
			}
		}
		return null;
	}

	private static ScalesProperties read(Environment environment, Set<ConfigurationPropertyName> unread) {
		return new Binder(UnreadSettings.without(environment, unread),
				new PropertySourcesPlaceholdersResolver(environment), FailureKindConverter.alone())
			.bindOrCreate(ROOT, Bindable.of(ScalesProperties.class), ServiceLinks.refusingUnknown());
	}

	private static List<ScalesConfigurationException> mistakes(ScalesProperties read, Environment environment,
			Set<ConfigurationPropertyName> unread) {
		return SpringFactoriesLoader.forDefaultResourceLocation(SettingsCheck.class.getClassLoader())
			.load(SettingsCheck.class)
			.stream()
			.flatMap((check) -> check.mistakes(read, environment, unread).stream())
			.toList();
	}

	private static FailureAnalysis unknown(UnboundConfigurationPropertiesException unbound, BindException cause) {
		List<ConfigurationProperty> all = unbound.getUnboundProperties()
			.stream()
			.sorted(Comparator.comparing((one) -> one.getName().toString()))
			.toList();
		return new FailureAnalysis(
				all.stream().map(ScalesBindingFailureAnalyzer::unknown).collect(Collectors.joining("\n\n")),
				all.stream().map(ScalesBindingFailureAnalyzer::remedy).collect(Collectors.joining("\n")), cause);
	}

	private static String unknown(ConfigurationProperty property) {
		Level level = Level.of(property.getName());
		return description(property, level.unknown() + ": no setting (expected: "
				+ (level.names.isEmpty() ? "nothing below " + level.parent : "one of " + level.names) + ")");
	}

	private static String remedy(ConfigurationProperty property) {
		Level level = Level.of(property.getName());
		String nearest = NearestName.of(property.getName().getElement(level.depth, Form.DASHED), level.names)
			.map((meant) -> " Did you mean '" + level.parent.append(meant) + "'?")
			.orElse("");
		return "Remove '" + property.getName() + "', or correct its name." + nearest + level.shape();
	}

	private FailureAnalysis wrong(BindException cause, Class<?> type) {
		ConfigurationProperty property = (cause.getProperty() != null) ? cause.getProperty() : find(cause.getName());
		String value = (property != null) ? String.valueOf(property.getValue()) : "";
		Object[] constants = type.getEnumConstants();
		List<String> allowed = (constants != null)
				? Arrays.stream(constants).map((one) -> DataObjectPropertyName.toDashedForm(lower(one))).toList()
				: List.of();
		String nearest = NearestName.of(value, allowed).map((meant) -> " Did you mean '" + meant + "'?").orElse("");
		String last = cause.getName().getLastElement(Form.DASHED);
		String expected = !allowed.isEmpty() ? "one of " + allowed
				: type.isRecord() ? "settings below it, of " + Level.names(type) : kind(type);
		String remedy = type.isRecord() ? below(cause.getName(), value, type)
				: "Correct the value of '" + cause.getName() + "'." + nearest;
		String shown = ConfiguredSetting.withoutUser(last, value);
		return new FailureAnalysis(description(property, last + ": " + shown + " (expected: " + expected + ")"), remedy,
				cause);
	}

	/** What people mean who write a value where there are settings. */
	private static String below(ConfigurationPropertyName name, String value, Class<?> type) {
		String first = (value.contains("://")) ? "uri" : Level.names(type).contains("type") ? "type"
				: Level.names(type).contains("enabled") ? "enabled" : Level.names(type).get(0);
		return "Write '" + name + "." + first + ": " + ConfiguredSetting.withoutUser(first, value)
				+ "' if that is meant, or another of its settings.";
	}

	private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		if (this.environment != null) {
			for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
				ConfigurationProperty found = source.getConfigurationProperty(name);
				if (found != null) {
					return found;
				}
			}
		}
		return null;
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

	private static String description(@Nullable ConfigurationProperty property, String reason) {
		ConfiguredSetting setting = (property != null) ? new ConfiguredSetting(property.getName().toString(),
				String.valueOf(property.getValue()), Origin.from(property)) : null;
		return ScalesConfigurationFailureAnalyzer.description("The configuration of Scales could not be read:", setting,
				reason);
	}

	/**
	 * Where in the tree of settings a name leaves it. <em>Immutable</em>.
	 *
	 * @param name the whole name
	 * @param parent what there is above
	 * @param depth the number of the element that nobody knows
	 * @param names what may stand there
	 */
	private record Level(ConfigurationPropertyName name, ConfigurationPropertyName parent, int depth,
			List<String> names) {

		/** Where the settings of a client begin. */
		private static final int CLIENT = 3;

		/** The name down to the element that nobody knows. */
		String unknown() {
			return this.parent.append(this.name.getElement(this.depth, Form.DASHED)).toString();
		}

		/** What is to be written where the form is wrong, and not a name. */
		String shape() {
			boolean isIndex = this.name.isNumericIndex(this.depth);
			if (isIndex && this.names.isEmpty()) {
				return " Write a list as one value with commas.";
			}
			boolean isOfClient = this.depth == CLIENT && this.name.getNumberOfElements() > CLIENT + 1;
			if (isOfClient && this.name.isNumericIndex(CLIENT - 1)) {
				return " Clients are no list: write 'scales.clients." + this.name.getElement(CLIENT, Form.DASHED)
						+ "', without a hyphen in front.";
			}
			return isOfClient ? dots() : "";
		}

		/** The name of a client goes down to the first of its settings. */
		private String dots() {
			for (int depth = CLIENT + 1; depth < this.name.getNumberOfElements(); depth++) {
				if (this.names.contains(this.name.getElement(depth, Form.DASHED))) {
					return IntStream.range(CLIENT - 1, depth)
						.mapToObj((element) -> this.name.getElement(element, Form.DASHED))
						.collect(Collectors.joining(".", " A client whose name has a dot is written '[", "]'."));
				}
			}
			return "";
		}

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
			return new Level(name, name.chop(depth), depth, names(type));
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
