package io.scalesrpc.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.MethodProperties;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Every setting of docs/configuration.md, mistaken in every way that can be told before a
 * client is looked at: each time the key and what to do are said.
 */
class MistakenSettingTests {

	private static final Pattern ROW = Pattern.compile("\\| `([a-z.<>-]+)` \\| (yes|no) \\|.*");

	private static final String CLIENT = "scales.clients.calc.";

	/** The settings of the table, below a client. */
	static Stream<String> settings() throws IOException {
		List<String> settings = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches() && !row.group(1).startsWith("options.") && !row.group(1).equals("kafka.properties")) {
				settings.add(row.group(1).replace("<method>", "add"));
			}
		}
		assertThat(settings).hasSizeGreaterThan(150);
		return settings.stream();
	}

	static Stream<String> settingsOfAKind() throws IOException {
		return settings().filter((setting) -> kind(setting) != String.class);
	}

	/** The type of a setting, by the records. */
	private static Class<?> kind(String setting) {
		Class<?> type = ClientProperties.class;
		for (String element : setting.replaceFirst("^methods\\.add\\.", "").split("\\.")) {
			Class<?> in = (type == ClientProperties.class && setting.startsWith("methods.")) ? MethodProperties.class
					: type;
			type = Stream.of(in.getRecordComponents())
				.filter((part) -> part.getName().equalsIgnoreCase(element.replace("-", "")))
				.findFirst()
				.orElseThrow()
				.getType();
		}
		return type;
	}

	private static FailureAnalysis analysis(Map<String, Object> properties) {
		StandardEnvironment environment = environment(properties);
		FailureAnalysis analysis = new ScalesBindingFailureAnalyzer(environment).analyze(failure(environment));
		assertThat(analysis).as("%s", properties).isNotNull();
		return analysis;
	}

	private static StandardEnvironment environment(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	private static BindException failure(StandardEnvironment environment) {
		BindException ex = catchThrowableOfType(BindException.class,
				() -> Binder.get(environment)
					.bind("scales", Bindable.of(ScalesProperties.class),
							new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
		assertThat(ex).as("%s", environment.getPropertySources().get("test")).isNotNull();
		return ex;
	}

	private static void assertSaid(FailureAnalysis analysis, String property, @Nullable String meant) {
		assertThat(analysis.getDescription()).contains("Property: " + property, "Origin: ", "(expected: ");
		assertThat(analysis.getAction()).contains("'" + property);
		if (meant != null) {
			assertThat(analysis.getAction()).contains("Did you mean '" + meant + "'?");
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSlipOfThePenIsNamedWithWhatWasMeant(String setting) {
		String property = CLIENT + setting + "x";
		assertSaid(analysis(Map.of(property, "1")), property, CLIENT + setting);
	}

	@ParameterizedTest
	@MethodSource("settingsOfAKind")
	void aValueOfAnotherKindIsNamedWithWhatIsExpected(String setting) {
		String property = CLIENT + setting;
		assertSaid(analysis(Map.of(property, "as you like")), property, null);
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingBelowASettingIsNamed(String setting) {
		String property = CLIENT + setting + ".more";
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(property, "1");
		assertThat(analysis(properties).getDescription()).contains("Property: " + property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			scales.clients.calc.balancer | p2c             | Write 'scales.clients.calc.balancer.type: p2c'
			scales.clients.calc.retry    | false           | Write 'scales.clients.calc.retry.enabled: false'
			scales.clients.calc          | tcp://h:1       | Write 'scales.clients.calc.uri: tcp://h:1'
			scales.clients.eu.calc.uri   | tcp://h:1       | A client whose name has a dot is written '[eu.calc]'.
			scales.clients.com.eu.calc.retry.enabled | true | A client whose name has a dot is written '[com.eu.calc]'.
			scales.clients[0].calc.uri   | tcp://h:1       | Clients are no list: write 'scales.clients.calc'
			scales.clients.calc.uri[0]   | tcp://h:1       | Write a list as one value with commas.
			scales.client.calc.uri       | tcp://h:1       | Did you mean 'scales.clients'?
			""")
	void aWrongFormIsNamedWithTheRightOne(String property, String value, String remedy) {
		FailureAnalysis analysis = analysis(Map.of(property, value));
		assertThat(analysis.getDescription()).contains("Property: " + property, "Origin: ");
		assertThat(analysis.getAction()).contains(remedy);
	}

	@ParameterizedTest
	@CsvSource({ "scales.clients.calc", "scales.clients.calc.balancer" })
	void aPasswordInAWrongPlaceIsNotRepeated(String property) {
		FailureAnalysis analysis = analysis(Map.of(property, "tcp://me:secret@h:1"));
		assertThat(analysis.getDescription() + analysis.getAction()).contains(property).doesNotContain("secret");
	}

	@Test
	void whatWasFoundIsToldWhateverHappensThen() {
		StandardEnvironment environment = environment(Map.of(CLIENT + "timeout", "soon"));
		BindException ex = failure(environment);
		environment.getPropertySources().addFirst(new PropertySource<>("broken", new Object()) {
			@Override
			public Object getProperty(String name) {
				throw new NoClassDefFoundError("gone");
			}
		});
		FailureAnalysis analysis = new ScalesBindingFailureAnalyzer(environment).analyze(ex);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("Property: " + CLIENT + "timeout", "Value: \"soon\"");
	}

	@ParameterizedTest
	@CsvSource({ "scales.clients.calc.tmeout, scales.defaults.retry.enabld" })
	void allKeysThatNobodyKnowsAreToldAtOnce(String first, String second) {
		FailureAnalysis analysis = analysis(Map.of(first, Duration.ZERO, second, "true"));
		assertThat(analysis.getDescription()).contains("Property: " + first, "Property: " + second);
		assertThat(analysis.getAction()).contains("'scales.clients.calc.timeout'", "'scales.defaults.retry.enabled'");
	}

}
