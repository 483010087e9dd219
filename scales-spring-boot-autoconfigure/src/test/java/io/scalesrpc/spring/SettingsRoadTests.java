package io.scalesrpc.spring;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.pool.ConnectionSettings;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.client.ScalesClientBuilderCustomizer;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.endpoint.SettingDescriptor;
import io.scalesrpc.spring.http.ScalesHttpAutoConfiguration;
import io.scalesrpc.spring.http.UserClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of a setting: written, merged, applied, shown; or refused, with its place.
 */
@ExtendWith(OutputCaptureExtension.class)
class SettingsRoadTests {

	private static final String CLIENT = "scales.clients.calculator.";

	private final ApplicationContextRunner shown = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=scales", CLIENT + "uri=tcp://localhost:1");

	private static ApplicationContextRunner users(String... properties) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withUserConfiguration(Users.class)
			.withPropertyValues("scales.clients.users.uri=tcp://localhost:1", "scales.clients.users.protocol=http")
			.withPropertyValues(properties);
	}

	private static Map<String, SettingDescriptor> shown(ApplicationContext context) {
		return context.getBean(ScalesEndpoint.class).client("calculator", true).settings();
	}

	private static ClientSettings settings(ApplicationContext context, String client) {
		return context.getBean(ScalesClientRegistry.class).client(client).view().settings();
	}

	private static ApplicationContextRunner withVariables(ApplicationContextRunner runner, Map<String, Object> all) {
		return runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", all)));
	}

	@Test
	void whatKubernetesSaysOfAServiceWithTheNameOfClientsIsNoClient() {
		Map<String, Object> variables = Map.of("SCALES_CLIENTS_PORT", "tcp://10.0.0.1:80",
				"SCALES_CLIENTS_SERVICE_HOST", "10.0.0.1", "SCALES_CLIENTS_SERVICE_PORT", "80",
				"SCALES_CLIENTS_PORT_80_TCP", "tcp://10.0.0.1:80");
		this.shown
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ScalesClientRegistry.class).names()).containsExactly("calculator");
				context.getBean(ScalesClientRegistry.class).refresh();
			});
	}

	@Test
	void whatIsInEffectAfterACustomizerIsShown() {
		this.shown
			.withBean(ScalesClientBuilderCustomizer.class,
					() -> (name, builder) -> builder.throttling(ThrottlingSettings.OFF)
						.memberBreaker(MemberBreakerSettings.OFF)
						.limits(new TransportLimits(4096, 7, 4096, 9))
						.timeout(Duration.ofMillis(123))
						.concurrencyLimit(ConcurrencyLimitSettings.fixed(5))
						.callOption(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(2))
						.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT.withFailMax(9))
						.retryBudget(new RetryBudgetSettings(0.01, 1, Duration.ofSeconds(3))))
			.run((context) -> {
				Map<String, SettingDescriptor> shown = shown(context);
				assertThat(shown).doesNotContainKeys("throttling.window", "member-breaker.backoff-max");
				Map.of("timeout", "123ms", "throttling.enabled", "false", "member-breaker.enabled", "false",
						"limits.max-frame-size", "4096B", "limits.max-pending-calls", "7", "retry.budget.ratio", "0.01",
						"retry.budget.min-per-second", "1", "retry.max-attempts", "2", "circuit-breaker.fail-max", "9",
						"concurrency-limit.max", "5")
					.forEach((name, value) -> assertThat(shown.get(name)).as(name)
						.extracting(SettingDescriptor::value)
						.isEqualTo(value));
			});
	}

	@Test
	void theApplicationIsAskedWhatMayBeShown() {
		this.shown
			.withBean(SanitizingFunction.class,
					() -> (data) -> data.getKey().endsWith("client-id") ? data.withValue("******") : data)
			.withPropertyValues(CLIENT + "client-id=shop")
			.run((context) -> assertThat(shown(context).get("client-id").value()).isEqualTo("******"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=1s", "idempotent=true", "retry.max-attempts=2", "chaos.nack.percent=0" })
	void aMethodThatIsNotThereHasItsPlace(String setting) {
		FailureAnalysis analysis = failure(CLIENT + "uri=tcp://localhost:1", "scales.chaos-allowed=true",
				CLIENT + "methods.nosuch." + setting);
		assertThat(analysis.getDescription()).contains(
				"Property: " + CLIENT + "methods.nosuch." + setting.substring(0, setting.indexOf('=')), "Origin: ",
				"methods.nosuch: no method of the client (expected: one of [");
	}

	@Test
	void aMethodIsFoundByItsLettersAndDigits() {
		users("scales.clients.users.methods.get-user.timeout=3s", "scales.clients.users.methods.addUser.timeout=1s")
			.run((context) -> assertThat(settings(context, "users").methodTimeouts())
				.isEqualTo(Map.of("getUser", Duration.ofSeconds(3), "addUser", Duration.ofSeconds(1))));
	}

	@Test
	void anEnvironmentVariableReachesAMethodWithACapitalLetter() {
		withVariables(users("scales.clients.users.methods.getUser.timeout=3s"),
				Map.of("SCALES_CLIENTS_USERS_METHODS_GETUSER_TIMEOUT", "444ms"))
			.run((context) -> assertThat(settings(context, "users").methodTimeouts())
				.isEqualTo(Map.of("getUser", Duration.ofMillis(444))));
	}

	@Test
	void theSourceThatIsToBlameIsNamed() {
		FailureAnalysis analysis = failure(withVariables(
				Contexts.application()
					.withPropertyValues(CLIENT + "uri=tcp://localhost:1", CLIENT + "methods.divide.timeout=1s"),
				Map.of("SCALES_CLIENTS_CALCULATOR_METHODS_DIVIDE_TIMEOUT", "0s")));
		assertThat(analysis.getDescription()).contains("Value: \"0s\"", "systemEnvironment");
	}

	@Test
	void allMistakesOfAllClientsAreToldAtOnce() {
		FailureAnalysis analysis = failure(users("scales.clients.users.timeout=0s", "scales.clients.users.pool.high=0",
				"scales.clients.calculator.uri=tcp://${HOST_OF_NOBODY}:1", "scales.clients.calculator.retry.on=bug",
				"scales.defaults.connect-timeout=-1s")
			.withUserConfiguration(Calculators.class));
		assertThat(analysis.getDescription())
			.contains("Property: scales.clients.users.timeout", "Property: scales.clients.users.pool.high",
					"Property: scales.clients.calculator.uri", "Property: scales.clients.calculator.retry.on")
			.containsOnlyOnce("Property: scales.defaults.connect-timeout");
		assertThat(analysis.getAction()).contains("'scales.clients.users.pool.high'",
				"'scales.clients.calculator.retry.on'");
	}

	@ParameterizedTest
	@CsvSource({ "thriftmux, timeout, -5s", "kafka, kafka.acks, 2", "redis, redis.protocol-version, 7",
			"kafka, redis.database, 1" })
	void valuesOfLazyClientsAreLookedAtToo(String protocol, String setting, String value) {
		FailureAnalysis analysis = failure(Contexts.application()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues(CLIENT + "uri=tcp://localhost:1", CLIENT + "protocol=" + protocol,
					CLIENT + setting + "=" + value));
		assertThat(analysis.getDescription()).contains("Property: " + CLIENT + setting, "Value: \"" + value + "\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					uri             | tcp://${CALC_HOST}:18010 | a value for ${CALC_HOST}: no property, environment variable
					client-id       | ${WHO}                   | a value for ${WHO}
					uri             | tcp://h1:1,tcp://h2:2    | the scheme once, before the list: tcp://h1:1,h2:2
					attempt-timeout | 11s                      | at most timeout, which is PT10S
					methods.divide.attempt-timeout | 11s       | at most timeout, which is PT10S
					pool.high       | 7                        | none with protocol thriftmux, where calls share a connection
					http.version    | 2                        | none with protocol thriftmux: it is a setting of protocol http and thrift-http
					thrift.upgrade  | true                     | none with protocol thriftmux: it is a setting of protocol thrift and thrift-http
					thriftmux.max-fragment-bytes | 1           | >= 64
					redis.database  | 1                        | none with protocol thriftmux: it is a setting of protocol redis
					chaos.nack.percent | 101                   | 0..100
					max-connection-age | 50ms                  | at least 0, or 100 ms
					connections-per-member | 0                 | 1 to 64
					""")
	void whatWasSilentOnceIsRefused(String setting, String value, String expected) {
		FailureAnalysis analysis = failure("scales.chaos-allowed=true", CLIENT + "uri=tcp://localhost:1",
				CLIENT + setting + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + CLIENT + setting, "Value: \"" + value + "\"",
				"expected: " + expected);
		assertThat(analysis.getAction()).contains(CLIENT + setting);
	}

	@ParameterizedTest
	@CsvSource({ "http, connections-per-member, 2, 1 where a connection takes one call at a time",
			"redis, connections-per-member, 2, none with protocol redis", "redis, max-connection-age, 5m, none with",
			"kafka, connections-per-member, 2, none with protocol kafka", "kafka, max-connection-age, 5m, none with" })
	void connectionsAreSpreadWhereCallsShareThem(String protocol, String setting, String value, String expected) {
		FailureAnalysis analysis = failure(
				users("scales.clients.users.protocol=" + protocol, "scales.clients.users." + setting + "=" + value));
		assertThat(analysis.getDescription()).contains("Property: scales.clients.users." + setting,
				"expected: " + expected);
	}

	@Test
	void aPoolSaysHowManyConnectionsThereAre() {
		FailureAnalysis analysis = failure(CLIENT + "uri=tcp://localhost:1", CLIENT + "protocol=thrift",
				CLIENT + "connections-per-member=2");
		assertThat(analysis.getDescription()).contains("Property: " + CLIENT + "connections-per-member",
				"expected: none with protocol thrift", "pool.high");
	}

	@Test
	void amongTheDefaultsTheyAreForClientsWhoseCallsShareConnections() {
		String[] defaults = { "scales.defaults.connections-per-member=3", "scales.defaults.max-connection-age=5m" };
		users(defaults).run((context) -> {
			assertThat(settings(context, "users").connections().connectionsPerMember()).isEqualTo(1);
			assertThat(settings(context, "users").pool().maxAge()).isEqualTo(Duration.ofMinutes(5));
		});
		users(defaults).withPropertyValues("scales.clients.users.http.version=2")
			.run((context) -> assertThat(settings(context, "users").connections())
				.isEqualTo(new ConnectionSettings(Duration.ofMinutes(5), 3)));
		this.shown.withPropertyValues(defaults).run((context) -> {
			assertThat(shown(context).get("connections-per-member").value()).isEqualTo("3");
			assertThat(shown(context).get("max-connection-age").value()).isEqualTo("300000ms");
		});
	}

	@Test
	void anAttemptMayBeAllowedMoreAmongTheDefaults() {
		this.shown.withPropertyValues("scales.defaults.attempt-timeout=5s", CLIENT + "timeout=1s")
			.run((context) -> assertThat(shown(context)).doesNotContainKey("attempt-timeout"));
	}

	@ParameterizedTest
	@ValueSource(classes = { NoName.class, NotResolved.class, AnAbstractClass.class })
	void anAnnotationThatIsNotRightIsExplained(Class<?> configuration) {
		FailureAnalysis analysis = failure(Contexts.bare().withUserConfiguration(configuration));
		assertThat(analysis.getDescription()).contains("Reason: ", "(expected: ");
		assertThat(analysis.getAction()).contains(SettingsRoadTests.class.getName());
	}

	@Test
	void anOptionHasANewNameAndIsStillRead(CapturedOutput output) {
		this.shown
			.withPropertyValues("scales.defaults.options.opportunistic-tls=off",
					CLIENT + "options.max-fragment-bytes=99")
			.run((context) -> {
				assertThat(settings(context, "calculator").protocolOptions()).containsEntry("max-fragment-bytes", "99");
				assertThat(output)
					.contains("'scales.clients.calculator.options.max-fragment-bytes' has a new name,"
							+ " 'scales.clients.calculator.thriftmux.max-fragment-bytes'")
					.contains("'scales.defaults.thriftmux.opportunistic-tls'");
			});
	}

	@Test
	void settingsOfAProtocolHaveTheirOwnPlace() {
		this.shown
			.withPropertyValues("scales.defaults.http.version=2", "scales.defaults.thriftmux.max-fragment-bytes=100",
					CLIENT + "thriftmux.max-fragment-bytes=99")
			.run((context) -> {
				assertThat(settings(context, "calculator").protocolOptions())
					.isEqualTo(Map.of("max-fragment-bytes", "99"));
				assertThat(shown(context).get("thriftmux.max-fragment-bytes").property())
					.isEqualTo(CLIENT + "thriftmux.max-fragment-bytes");
			});
	}

	@ParameterizedTest
	@CsvSource({ "uri, tcp://me:secret@h:1", "balancer.coordinate.peers, tcp://me:secret@h:1" })
	void aUserAndAPasswordAreNowhereRepeated(String setting, String value) {
		FailureAnalysis analysis = failure(CLIENT + "uri=tcp://localhost:1",
				CLIENT + "balancer.type=deterministic-aperture", "scales.defaults.balancer.coordinate.self=h:1",
				CLIENT + setting + "=" + value);
		assertThat(analysis.getDescription() + analysis.getAction()).contains(setting).doesNotContain("secret");
	}

	/** The first is wrong; of the others nobody can say anything, as long as it is. */
	@ParameterizedTest
	@ValueSource(strings = { "balancer.type=apertur balancer.aperture.low-load=0.4 balancer.aperture.high-load=3",
			"balancer.type=apertur balancer.coordinate.self=h:1", "hedging.enabled=yess hedging.min-delay=5ms",
			"retry.enabled=flase retry.max-attempts=2", "circuit-breaker.enabled=ture circuit-breaker.fail-max=3",
			"methods.divide.circuit-breaker.enabled=ture methods.divide.circuit-breaker.fail-max=3",
			"access-log.slow=-1s access-log.sample=0.5", "access-log.slow=soon access-log.sample=0.5",
			"min-ready=-1 min-ready-timeout=5s", "min-ready=one min-ready-timeout=5s",
			"circuit-breaker.slow-call.duration=-1s circuit-breaker.enabled=true circuit-breaker.slow-call.rate=0.5",
			"circuit-breaker.slow-call.duration=soon circuit-breaker.enabled=true circuit-breaker.slow-call.rate=0.5",
			"circuit-breaker.failure-rate.threshold=101 circuit-breaker.enabled=true circuit-breaker.failure-rate.min-calls=9" })
	void whatBecomesOfAMistakeIsNotToldAsAnother(String settings) {
		String[] properties = Stream.of(settings.split(" ")).map(CLIENT::concat).toArray(String[]::new);
		FailureAnalysis analysis = failure(Contexts.application()
			.withPropertyValues(CLIENT + "uri=tcp://localhost:1")
			.withPropertyValues(properties));
		assertThat(analysis.getDescription()).containsOnlyOnce("Property: ")
			.contains("Property: " + properties[0].substring(0, properties[0].indexOf('=')) + "\n");
		assertThat(analysis.getAction()).startsWith("Correct the value of").doesNotContain("Remove");
	}

	@Test
	void aClientOfAnEnvironmentVariableIsTheOneThatIsDeclared() {
		FailureAnalysis analysis = failure(withVariables(Contexts.application()
			.withPropertyValues("scales.clients.order-events.uri=tcp://localhost:1",
					"scales.clients.order-events.protocol=redis", "scales.clients.order-events.redis.database=-1",
					CLIENT + "uri=tcp://localhost:1", CLIENT + "timeout=soon"),
				Map.of("SCALES_CLIENTS_ORDEREVENTS_REDIS_PASSWORD", "hunter2", "SCALES_CLIENTS_ORDEREVENTS_TIMEOUT",
						"0s")));
		assertThat(analysis.getDescription())
			.contains("Property: " + CLIENT + "timeout", "Property: scales.clients.order-events.redis.database",
					"Property: scales.clients.order-events.timeout", "Value: \"0s\"")
			.doesNotContain("hunter2", "thriftmux", "clients.orderevents");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis.password", "kafka.sasl.password", "kafka.properties.sasl.jaas.config",
			"kafka.properties[sasl.jaas.config]", "kafka.sasl.jaas" })
	void aSecretIsNotRepeatedWhereItHasNoPlace(String setting) {
		FailureAnalysis analysis = failure(CLIENT + "uri=tcp://localhost:1", CLIENT + setting + "=hunter2");
		assertThat(analysis.getDescription())
			.contains("Value: \"******\"", ": ****** (expected: none with protocol thriftmux")
			.doesNotContain("hunter2");
	}

	@Test
	void whatAClientLacksIsToldBesideWhatCannotBeReadOfAnother() {
		FailureAnalysis analysis = failure("scales.clients.other.timeout=soon", CLIENT + "uri=tcp://localhost:1",
				CLIENT + "circuit-breaker.fail-max=3");
		assertThat(analysis.getDescription()).contains("Property: scales.clients.other.timeout",
				"Property: " + CLIENT + "circuit-breaker.fail-max", "none without circuit-breaker.enabled: true");
	}

	@ScalesClient("")
	interface Nameless extends Calculator.Iface {

	}

	@ScalesClient("${client}")
	interface Placeholder extends Calculator.Iface {

	}

	@ScalesClient("calculator")
	abstract static class Abstract implements Calculator.Iface {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Nameless.class)
	static class NoName {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Placeholder.class)
	static class NotResolved {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Abstract.class)
	static class AnAbstractClass {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = UserClient.class)
	static class Users {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = io.scalesrpc.spring.app.CalculatorClient.class)
	static class Calculators {

	}

}
