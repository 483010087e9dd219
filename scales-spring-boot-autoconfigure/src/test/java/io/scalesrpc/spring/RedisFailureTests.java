package io.scalesrpc.spring;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.redis.ScalesRedisAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** What an application says that does not start because of a client of protocol redis. */
class RedisFailureTests {

	private static final String CLIENT = "scales.clients.notes.";

	private static ApplicationContextRunner application(Class<?> clients) {
		return Contexts.bare()
			.withConfiguration(
					AutoConfigurations.of(ScalesJsonAutoConfiguration.class, ScalesRedisAutoConfiguration.class))
			.withUserConfiguration(clients)
			.withPropertyValues(CLIENT + "protocol=redis");
	}

	/** What was set, what is said of it, and what is to be done. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					redis.database         | -1     | redis.database: -1 (expected: 0 or more) | Correct the value
					redis.username         | reader | (expected: none without redis.password) | Set 'scales.clients.notes.redis.password', or remove 'scales.clients.notes.redis.username'.
					redis.protocol-version | 4      | 2, 3, or 0 | Correct the value
					redis.client-name      | a b    | printable characters without blanks | Correct the value
					redis.ping-interval    | -1s    | >= 0 and at most 1 day | Correct the value
					redis.ping-timeout     | 0s     | > 0 and at most 1 day | Correct the value
					redis.read-from        | replica | read-from: replica (expected: one of [primary, replicas, any]) | Did you mean 'replicas'?
					redis.ping-interval    | soon   | ping-interval: soon (expected: a duration, such as 500ms | Correct the value
					redis.databse          | 3      | scales.clients.notes.redis.databse: no setting (expected: one of [client-name, database, | Did you mean 'scales.clients.notes.redis.database'?
					tiemout                | 3s     | scales.clients.notes.tiemout: no setting | Did you mean 'scales.clients.notes.timeout'?
					kafka.acks             | all    | kafka.acks: all (expected: none with protocol redis: it is a setting of protocol kafka) | Remove 'scales.clients.notes.kafka.acks'.
					methods.get.topic      | notes  | methods.get.topic: notes (expected: none with protocol redis) | Correct
					pool.high              | 5      | none with protocol redis: calls share one connection to each server | Remove
					options.database       | 3      | not an option of redis | Correct
					methods.get.cache.store | redis:nobody | a client of protocol redis, and 'nobody' speaks thriftmux | Set
					methods.get.cache.store | memory | redis:<client> | Name a client of protocol redis
					methods.gett.timeout   | 1s     | methods.gett: no method of the client (expected: one of [get]) | Did you mean 'get'?
					uri                    | redis://localhost:6379 | uri: redis://localhost:6379 (expected: tcp://localhost:6379, or another scheme | Correct
					uri                    | rediss://:pw@localhost:6379/3 | uri: rediss://localhost:6379 (expected: tcp://localhost:6379, or another scheme that says how members are found; TLS is ssl.bundle; a login is redis.username and redis.password, a database redis.database) | Correct
					uri                    | http://localhost | another scheme, such as tcp://localhost:6379, with protocol redis | Correct
					uri                    | localhost:6379 | uri: localhost:6379 (expected: tcp://localhost:6379, or another scheme | Correct
					""")
	void aSettingThatIsNotRightIsNamedWithTheRemedy(String setting, String value, String expected, String remedy) {
		ApplicationContextRunner runner = application(Notes.class).withPropertyValues(
				CLIENT + "uri=tcp://localhost:6379", CLIENT + setting + "=" + value,
				setting.contains("cache") ? CLIENT + "methods.get.cache.ttl=1s" : "none=none");
		FailureAnalysis analysis = failure(runner);
		assertThat(analysis.getDescription()).contains("Property: " + CLIENT + setting, "Origin: ")
			.contains(expected)
			.doesNotContain(":pw@");
		assertThat(analysis.getAction()).contains(remedy).doesNotContain("service");
	}

	/** Whatever makes settings stops at the first that is wrong. */
	@Test
	void allThatIsWrongIsToldAtOnce() {
		FailureAnalysis analysis = failure(application(Notes.class).withPropertyValues(CLIENT + "uri=tcp://localhost:1",
				CLIENT + "redis.database=-1", CLIENT + "redis.read-from=replica", CLIENT + "redis.ping-interval=soon",
				CLIENT + "redis.ping-timeout=0s", CLIENT + "kafka.acks=all", CLIENT + "pool.high=5",
				CLIENT + "redis.username=me", CLIENT + "redis.password="));
		assertThat(analysis.getDescription()).contains("redis.database: -1", "read-from: replica",
				"ping-interval: soon", "redis.ping-timeout: PT0S", "kafka.acks: all", "pool.high: 5",
				"redis.password: ''");
		// A user without a password is only what becomes of a password that is wrong.
		assertThat(analysis.getDescription()).doesNotContain("redis.username: me");
		assertThat(analysis.getAction()).contains("Did you mean 'replicas'?", "Remove '" + CLIENT + "pool.high'");
	}

	@Test
	void whatHasNoEffectIsToldBesideWhatIsOfAnotherProtocol() {
		FailureAnalysis analysis = failure(application(Notes.class).withPropertyValues(CLIENT + "uri=tcp://localhost:1",
				CLIENT + "kafka.acks=all", CLIENT + "pool.high=5"));
		assertThat(analysis.getDescription()).contains("kafka.acks: all", "pool.high: 5");
	}

	@Test
	void allMethodsThatAreWrongAreToldAtOnce() {
		FailureAnalysis analysis = failure(
				application(TooShort.class).withPropertyValues(CLIENT + "uri=tcp://localhost:6379"));
		assertThat(analysis.getDescription()).contains("ShortNotes.get: arguments of GET: 0",
				"ShortNotes.set: arguments of SET: 1");
	}

	@Test
	void aNameOfAClientThatIsMistypedIsToldWithTheNearest() {
		FailureAnalysis analysis = failure(Contexts.bare()
			.withUserConfiguration(Pushed.class)
			.withPropertyValues("scales.clients.note.uri=tcp://localhost:6379", "scales.clients.note.protocol=redis"));
		assertThat(analysis.getDescription()).contains("names the client 'notes'", "is not configured")
			.doesNotContain("the default");
		assertThat(analysis.getAction()).contains("Set 'scales.clients.notes.protocol' to redis",
				"tcp://localhost:6379", "Did you mean 'note'? Configured clients: note.");
	}

	@Test
	void withoutAnyServerTheUriIsAskedFor() {
		FailureAnalysis analysis = failure(application(Notes.class));
		assertThat(analysis.getDescription()).contains("notes");
		assertThat(analysis.getAction()).contains(CLIENT + "uri", "tcp://localhost:6379");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					spring.data.redis.sentinel.master=main spring.data.redis.sentinel.nodes=h1:26379 | a Sentinel with master 'main'
					spring.data.redis.cluster.nodes=h1:6379,h2:6379                                  | a cluster of 2 nodes
					""")
	void whatSpringBootKnowsAndIsNotSupportedIsSaid(String properties, String expected) {
		ApplicationContextRunner runner = application(Notes.class)
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class))
			.withPropertyValues(properties.split(" "));
		assertThat(failure(runner).getDescription()).contains(expected, "a primary and its replicas");
	}

	@Test
	void commandsThatMustNotBeSentStopTheStart() {
		ApplicationContextRunner runner = application(Pushed.class)
			.withPropertyValues(CLIENT + "uri=tcp://localhost:6379");
		FailureAnalysis analysis = failure(runner);
		assertThat(analysis.getDescription()).contains("SUBSCRIBE", "PushedNotes.messages",
				"a connection of its own, by Lettuce");
		assertThat(analysis.getAction()).isEqualTo("Change that method of " + PushedNotes.class.getName()
				+ ": its name or @Command, its parameters" + " or its result; or take it out.");
	}

	@Test
	void anInterfaceOfCommandsNeedsTheProtocol() {
		FailureAnalysis analysis = failure(Contexts.bare()
			.withUserConfiguration(Pushed.class)
			.withPropertyValues(CLIENT + "uri=tcp://localhost:6379"));
		assertThat(analysis.getDescription()).contains("protocol: thriftmux, the default (expected: redis for the");
		assertThat(analysis.getAction()).contains("Set '" + CLIENT + "protocol' to redis");
	}

	@ParameterizedTest
	@ValueSource(classes = { Mistyped.class, Misread.class })
	void aMethodThatCannotBeCalledIsNamedWithWhatIsRight(Class<?> clients) {
		FailureAnalysis analysis = failure(
				application(clients).withPropertyValues(CLIENT + "uri=tcp://localhost:6379"));
		assertThat(analysis.getDescription()).containsAnyOf(
				"MistypedNotes.gte: 'GTE' is no command of Redis that Lettuce knows (expected: a method named like a"
						+ " command, such as get; or @Command",
				"MisreadNotes.set: result: int (expected: void, boolean or String, since SET is answered with the word OK)");
		assertThat(analysis.getAction()).contains("Change that method of").doesNotContain("service");
	}

	/** Commands. */
	@ScalesClient("notes")
	interface NotesClient {

		String get(String key);

	}

	/** What is pushed. */
	@ScalesClient("notes")
	interface PushedNotes {

		@Command("SUBSCRIBE ?0")
		String messages(String channel);

	}

	/** Too little. */
	@ScalesClient("notes")
	interface ShortNotes {

		String get();

		void set(String key);

	}

	/** Too little. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = ShortNotes.class)
	static class TooShort {

	}

	/** A command that is none. */
	@ScalesClient("notes")
	interface MistypedNotes {

		String gte(String key);

	}

	/** The wrong name. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = MistypedNotes.class)
	static class Mistyped {

	}

	/** A result that never comes. */
	@ScalesClient("notes")
	interface MisreadNotes {

		int set(String key, String value);

	}

	/** The wrong result. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = MisreadNotes.class)
	static class Misread {

	}

	/** The right one. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = NotesClient.class)
	static class Notes {

	}

	/** The wrong one. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = PushedNotes.class)
	static class Pushed {

	}

}
