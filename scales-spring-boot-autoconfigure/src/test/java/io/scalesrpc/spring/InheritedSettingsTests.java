package io.scalesrpc.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.settings.ClientDefaults;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.FailureKindConverter;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of a client put together of parts are those of the whole record.
 */
class InheritedSettingsTests {

	private static final String CLIENT = "scales.clients.calc.";

	private static final Map<String, String> DEFAULTS = Map.ofEntries(Map.entry("protocol", "thrift"),
			Map.entry("timeout", "3s"), Map.entry("attempt-timeout", "1s"), Map.entry("idempotent", "true"),
			Map.entry("connect-timeout", "2s"), Map.entry("connect", "eager"), Map.entry("min-ready", "2"),
			Map.entry("min-ready-timeout", "7s"), Map.entry("warm-up", "true"), Map.entry("close-grace", "4s"),
			Map.entry("member-meters", "true"), Map.entry("max-connection-age", "5m"),
			Map.entry("connections-per-member", "4"), Map.entry("client-id", "shop"), Map.entry("encoding", "compact"),
			Map.entry("ping-interval", "9s"), Map.entry("ping-timeout", "1s"), Map.entry("retry.max-attempts", "5"),
			Map.entry("retry.backoff.max", "90ms"), Map.entry("hedging.enabled", "true"),
			Map.entry("http.version", "2"), Map.entry("redis.database", "3"), Map.entry("options.colour", "red"));

	/** What is read, or the name of what cannot be. */
	private static Object read(Supplier<ClientProperties> reader) {
		try {
			return reader.get();
		}
		catch (BindException ex) {
			Throwable cause = ex;
			while (cause.getCause() instanceof BindException inner) {
				cause = inner;
			}
			return ((BindException) cause).getName();
		}
	}

	private static Object[] allWays(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		List<ConfigurationPropertySource> sources = ScalesSources.of(environment);
		PropertySourcesPlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(environment);
		return new Object[] { read(() -> InheritedSettings.of(sources, placeholders, "calc")),
				read(() -> InheritedSettings.of(sources, placeholders, "calc",
						new Binder(sources, placeholders, FailureKindConverter.alone())
							.bindOrCreate("scales.defaults", ClientDefaults.class)
							.ofSilentClient())),
				read(() -> new ConfiguredClients(new Binder(sources, placeholders, FailureKindConverter.alone())
					.bindOrCreate("scales", ScalesProperties.class), environment).settings("calc")) };
	}

	private static Map<String, Object> withDefaults(String... own) {
		Map<String, Object> properties = new LinkedHashMap<>();
		DEFAULTS.forEach((name, value) -> properties.put("scales.defaults." + name, value));
		for (String one : own) {
			String[] parts = one.split("=", 2);
			properties.put(CLIENT + parts[0], parts[1]);
		}
		return properties;
	}

	static Stream<String> settings() {
		return DEFAULTS.keySet().stream().sorted();
	}

	@ParameterizedTest
	@MethodSource("settings")
	void anEmptyValueIsThatOfTheWholeRecord(String setting) {
		Object[] all = allWays(withDefaults(setting + "=", "uri=tcp://h:1"));
		assertThat(all).containsOnly(all[0]);
		Object[] ofNone = allWays(Map.of(CLIENT + setting, ""));
		assertThat(ofNone).containsOnly(ofNone[0]);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "uri=tcp://h:1", "timeout=1s", "timeout= retry.max-attempts=2", "service=java.lang.Runnable",
					"service=", "uri=", "methods.add.timeout=1s", "methods.add.retry.max-attempts=2 options.size=3",
					"methods.add.timeout= client-id=", "retry.backoff.max= pool.high=5", "methods= options=",
					"connect=lazy callbacks= protocol=http http.version=" })
	void allWaysOfReadingAgree(String own) {
		Object[] all = allWays(withDefaults(own.split(" ")));
		assertThat(all).containsOnly(all[0]);
		Map<String, Object> withoutDefaults = withDefaults(own.split(" "));
		withoutDefaults.keySet().removeIf((name) -> name.startsWith("scales.defaults."));
		Object[] ofNone = allWays(withoutDefaults);
		assertThat(ofNone).containsOnly(ofNone[0]);
	}

	@Test
	void anEmptyValueIsNoneAndNotThatOfAllClients() {
		Object[] all = allWays(withDefaults("attempt-timeout=", "timeout="));
		assertThat(all).allSatisfy((read) -> {
			assertThat(((ClientProperties) read).attemptTimeout()).isNull();
			assertThat(((ClientProperties) read).timeout()).isEqualTo(Duration.ofSeconds(10));
		});
	}

}
