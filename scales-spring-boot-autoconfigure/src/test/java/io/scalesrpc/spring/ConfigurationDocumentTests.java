package io.scalesrpc.spring;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.kafka.KafkaSettings;
import io.scalesrpc.mux.session.MuxSettings;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.settings.ClientDefaults;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.KafkaProperties;
import io.scalesrpc.spring.settings.MethodProperties;
import io.scalesrpc.spring.settings.RedisProperties;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.spring.settings.stage.BalancerProperties;
import io.scalesrpc.spring.settings.stage.ChaosProperties;
import io.scalesrpc.spring.settings.stage.CircuitBreakerProperties;
import io.scalesrpc.spring.settings.stage.ConcurrencyLimitProperties;
import io.scalesrpc.spring.settings.stage.CoordinateProperties;
import io.scalesrpc.spring.settings.stage.HedgingProperties;
import io.scalesrpc.spring.settings.stage.MemberBreakerProperties;
import io.scalesrpc.spring.settings.stage.PoolProperties;
import io.scalesrpc.spring.settings.stage.RetryProperties;
import io.scalesrpc.spring.settings.stage.ThrottlingProperties;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of docs/configuration.md, the metadata for IDEs, the records and the defaults
 * of the core say the same.
 */
class ConfigurationDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

	private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (yes|no) \\| ?`?([^|]*?)`? *\\| (.+) \\|");

	/** The rows of the table by setting. */
	private static Map<String, Row> rows() throws IOException {
		Map<String, Row> rows = new TreeMap<>();
		for (String line : Files.readAllLines(DOCUMENT)) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				rows.put(row.group(1), new Row(row.group(2).equals("yes"), row.group(3).trim()));
			}
		}
		return rows;
	}

	private static JsonNode json() throws IOException {
		try (InputStream json = Objects.requireNonNull(
				ScalesProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			return JsonMapper.builder().build().readTree(json);
		}
	}

	private static Map<String, JsonNode> metadata() throws IOException {
		Map<String, JsonNode> properties = new TreeMap<>();
		json().get("properties").forEach((property) -> {
			String name = property.get("name").asString();
			if (name.startsWith("scales.defaults.")) {
				properties.put(name.substring("scales.defaults.".length()), property);
			}
		});
		return properties;
	}

	/** A list is written with commas. */
	private static String text(JsonNode value) {
		return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString();
	}

	private static void collect(Class<?> type, String prefix, Set<String> settings) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				collect(component.getType(), name + ".", settings);
			}
			else if (name.equals("methods")) {
				collect(MethodProperties.class, "methods.<method>.", settings);
			}
			else {
				settings.add(name.equals("options") ? "options.<name>" : name);
			}
		}
	}

	@Test
	void theTableHasEverySettingOfAClient() throws IOException {
		Set<String> settings = new TreeSet<>();
		collect(ClientProperties.class, "", settings);
		assertThat(rows()).containsOnlyKeys(settings);
	}

	@Test
	void theTableAndTheMetadataHaveTheSameDefaults() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		rows().forEach((setting, row) -> {
			if (row.inDefaults()) {
				documented.put(setting.replace(".<name>", ""), row.value());
			}
		});
		Map<String, String> generated = new TreeMap<>();
		metadata().forEach((setting, property) -> {
			assertThat(property.has("description")).as(setting).isTrue();
			generated.put(setting, property.has("defaultValue") ? text(property.get("defaultValue")) : "");
		});
		assertThat(documented).isEqualTo(generated);
	}

	/**
	 * What IDEs show beside a name: of each what its own component says, and no other.
	 */
	@Test
	void everySettingIsDescribedByItsComponent() throws IOException {
		Map<String, String> written = new TreeMap<>();
		describe(ClientDefaults.class, "", written);
		Map<String, String> shown = new TreeMap<>();
		metadata().forEach((name, property) -> shown.put(name, property.get("description").asString()));
		assertThat(shown.keySet()).isEqualTo(written.keySet());
		written.forEach((name, text) -> assertThat(text).as(name).startsWith(shown.get(name)));
	}

	/** Below a client, and a method, an IDE looks at the records themselves. */
	@Test
	void everyComponentBelowAClientIsDescribed() throws IOException {
		Map<String, String> written = new TreeMap<>();
		describe(ClientProperties.class, "", written);
		describe(MethodProperties.class, "methods.<method>.", written);
		written.remove("methods");
		Set<String> settings = new TreeSet<>(rows().keySet());
		assertThat(written.keySet().stream().map((name) -> name.equals("options") ? "options.<name>" : name))
			.containsExactlyInAnyOrderElementsOf(settings);
		assertThat(written).allSatisfy((name, text) -> assertThat(text).as(name).matches("[A-Z][^@]+\\."));
	}

	@Test
	void everyGroupIsDescribed() throws IOException {
		json().get("groups").forEach((group) -> {
			String name = group.get("name").asString();
			if (name.startsWith("scales")) {
				assertThat(group.has("description")).as(name).isTrue();
			}
		});
	}

	@Test
	void hintsAreForSettingsThatThereAre() throws IOException {
		Map<String, JsonNode> known = metadata();
		Set<String> hinted = new TreeSet<>();
		json().get("hints").forEach((hint) -> hinted.add(hint.get("name").asString()));
		assertThat(hinted)
			.allSatisfy((name) -> assertThat(known).containsKey(name.replaceFirst("^scales\\.defaults\\.", "")));
		assertThat(hinted.stream().map((name) -> name.substring("scales.defaults.".length())))
			.containsExactlyInAnyOrderElementsOf(settingsOfFewWords());
	}

	/** Texts of which the table says every one that is right. */
	private static Set<String> settingsOfFewWords() {
		return new TreeSet<>(Set.of("protocol", "encoding", "http.version", "thrift.transport",
				"thriftmux.opportunistic-tls", "kafka.acks", "kafka.compression"));
	}

	/** The texts of components by setting, as they stand in the sources. */
	private static void describe(Class<?> type, String prefix, Map<String, String> texts) throws IOException {
		String source = Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
		String comment = source.substring(source.indexOf("/**"), source.indexOf("*/"))
			.replaceAll("\\s+\\* ?", " ")
			.strip();
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				describe(component.getType(), name + ".", texts);
			}
			else {
				Matcher text = Pattern.compile("@param " + component.getName() + " (.*?)( @param |$)").matcher(comment);
				assertThat(text.find()).as(name).isTrue();
				texts.put(name, text.group(1).trim().replace("&lt;", "<").replace("&gt;", ">"));
			}
		}
	}

	@Test
	void theDefaultsAreThoseOfTheCore() throws IOException {
		Map<String, Row> rows = rows();
		assertThat(duration(rows, "ping-interval")).isEqualTo(MuxSettings.DEFAULT.pingInterval());
		assertThat(duration(rows, "ping-timeout")).isEqualTo(MuxSettings.DEFAULT.pingTimeout());
		TransportLimits core = TransportLimits.DEFAULT;
		assertThat(DataSize.parse(rows.get("limits.max-frame-size").value()).toBytes()).isEqualTo(core.maxFrameBytes());
		assertThat(DataSize.parse(rows.get("limits.max-write-queue-size").value()).toBytes())
			.isEqualTo(core.maxWriteQueueBytes());
		assertThat(rows.get("limits.max-pending-calls").value()).isEqualTo(String.valueOf(core.maxPendingCalls()));
		assertThat(rows.get("balancer.aperture.max-size").value()).isEmpty();
		BalancerProperties documented = bind(rows, "balancer", BalancerProperties.class);
		assertThat(documented.toSettings()).isEqualTo(BalancerSettings.of(BalancerType.APERTURE))
			.isEqualTo(new Binder().bindOrCreate("nothing", BalancerProperties.class).toSettings());
		assertThat(bind(rows, "member-breaker", MemberBreakerProperties.class).toSettings())
			.isEqualTo(MemberBreakerSettings.DEFAULT);
		assertThat(bind(rows, "hedging", HedgingProperties.class).toSettings()).isEqualTo(HedgingSettings.OFF);
		assertThat(bind(rows, "circuit-breaker", CircuitBreakerProperties.class).toSettings())
			.isEqualTo(CircuitBreakerSettings.OFF);
		assertThat(bind(rows, "throttling", ThrottlingProperties.class).toSettings())
			.isEqualTo(ThrottlingSettings.DEFAULT);
		assertThat(bind(rows, "concurrency-limit", ConcurrencyLimitProperties.class).toSettings())
			.isEqualTo(ConcurrencyLimitSettings.NONE);
		assertThat(bind(rows, "chaos", ChaosProperties.class).toSettings()).isEqualTo(ChaosSettings.OFF);
		RetryProperties retry = bind(rows, "retry", RetryProperties.class);
		assertThat(retry.toSettings()).isEqualTo(RetrySettings.DEFAULT);
		assertThat(retry.budget().toSettings()).isEqualTo(RetryBudgetSettings.DEFAULT);
		assertThat(duration(rows, "methods.<method>.cache.lookup-timeout"))
			.isEqualTo(CacheSettings.OFF.lookupTimeout());
		assertThat(duration(rows, "methods.<method>.cache.stale-if-error")).isEqualTo(CacheSettings.OFF.staleIfError());
		assertThat(bind(rows, "pool", PoolProperties.class).toSettings()).isEqualTo(PoolSettings.DEFAULT);
		assertThat(bind(rows, "kafka", KafkaProperties.class).toSettings()).isEqualTo(KafkaSettings.DEFAULT);
		assertThat(bind(rows, "redis", RedisProperties.class).toSettings(RedisLogin.DEFAULT))
			.isEqualTo(RedisSettings.DEFAULT);
		assertThat(rows.get("limits.max-owed-tags").value()).isEqualTo(String.valueOf(core.maxOwedTags()));
	}

	/** What the table would be as a configuration. */
	private static <P> P bind(Map<String, Row> rows, String prefix, Class<P> type) {
		Map<String, String> values = rows.entrySet()
			.stream()
			.filter((row) -> row.getKey().startsWith(prefix + ".") && !row.getValue().value().isEmpty())
			.collect(Collectors.toMap(Map.Entry::getKey, (row) -> row.getValue().value()));
		return new Binder(new MapConfigurationPropertySource(values)).bind(prefix, type).get();
	}

	/** The settings of the client {@code x}. */
	private static ClientProperties client(Map<String, String> source) {
		return InheritedSettings.of(List.of(new MapConfigurationPropertySource(source)), PlaceholdersResolver.NONE,
				"x");
	}

	private static Duration duration(Map<String, Row> rows, String setting) {
		return DurationStyle.detectAndParse(rows.get(setting).value());
	}

	@Test
	void aClientTakesFromTheDefaultsWhatItDoesNotSay() {
		Map<String, String> source = Map.of("scales.defaults.client-id", "shop", "scales.defaults.options.a", "1",
				"scales.defaults.options.b", "1", "scales.defaults.limits.max-owed-tags", "7",
				"scales.clients.x.options.b", "2", "scales.clients.x.timeout", "1s", "scales.clients.x.ping-timeout",
				"3s", "scales.clients.x.limits.max-pending-calls", "5");
		ScalesProperties properties = new Binder(new MapConfigurationPropertySource(source)).bindOrCreate("scales",
				ScalesProperties.class);
		ClientProperties x = client(source);
		assertThat(x.timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(x.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(x.protocolOptions()).isEqualTo(
				Map.of("client-id", "shop", "a", "1", "b", "2", "ping-timeout", Duration.ofSeconds(3).toString()));
		assertThat(x.limits().maxPendingCalls()).isEqualTo(5);
		assertThat(x.limits().maxOwedTags()).isEqualTo(7);
		assertThat(properties.clients().keySet()).isEqualTo(Collections.singleton("x"));
	}

	@Test
	void aBalancerTakesFromTheDefaultsEveryOptionItDoesNotSay() {
		Map<String, String> source = Map.of("scales.defaults.member-breaker.backoff-max", "9s",
				"scales.clients.x.member-breaker.backoff-min", "2s",
				"scales.defaults.member-breaker.success-rate.min-calls", "7", "scales.defaults.balancer.decay", "3s",
				"scales.defaults.balancer.aperture.min-size", "2", "scales.defaults.balancer.aperture.max-size", "7",
				"scales.clients.x.balancer.aperture.max-size", "8", "scales.defaults.balancer.coordinate.total", "4",
				"scales.clients.x.balancer.coordinate.instance", "3");
		ClientProperties x = client(source);
		assertThat(x.memberBreaker().toSettings().backoffMin()).isEqualTo(Duration.ofSeconds(2));
		assertThat(x.memberBreaker().toSettings().backoffMax()).isEqualTo(Duration.ofSeconds(9));
		assertThat(x.memberBreaker().toSettings().successRate().minCalls()).isEqualTo(7);
		assertThat(x.balancer().toSettings()).isEqualTo(BalancerSettings.of(BalancerType.APERTURE)
			.withDecay(Duration.ofSeconds(3))
			.withAperture(ApertureSettings.DEFAULT.withSize(2, 8))
			.withCoordinate(new Coordinate(3, 4)));
	}

	@Test
	void theNumberOfAProcessOrItsRegistryIsTheClientsOwn() {
		Map<String, String> number = Map.of("instance", "1", "total", "3");
		Map<String, String> registry = Map.of("peers", "tcp://shop:1", "self", "shop:1");
		Map<String, String> another = Map.of("peers", "tcp://shop:2");
		BalancerSettings ring = BalancerSettings.of(BalancerType.DETERMINISTIC_APERTURE);
		assertThat(coordinate(number, registry).applyTo(ring)).isEqualTo(ring.withCoordinate(new Coordinate(1, 3)));
		assertThat(coordinate(registry, number).applyTo(ring))
			.isEqualTo(ring.withPeers(Peers.of("tcp://shop:1", "shop:1")));
		assertThat(coordinate(another, registry).applyTo(ring))
			.isEqualTo(ring.withPeers(Peers.of("tcp://shop:2", "shop:1")));
	}

	private static CoordinateProperties coordinate(Map<String, String> own, Map<String, String> defaults) {
		Map<String, String> source = new TreeMap<>();
		own.forEach((name, value) -> source.put("scales.clients.x.balancer.coordinate." + name, value));
		defaults.forEach((name, value) -> source.put("scales.defaults.balancer.coordinate." + name, value));
		return client(source).balancer().coordinate();
	}

	private record Row(boolean inDefaults, String value) {
	}

}
