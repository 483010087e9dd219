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

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis.database         | -1     | 0 or more
			redis.username         | reader | redis.password: none (expected: the password of user reader)
			redis.protocol-version | 4      | 2, 3, or 0
			redis.client-name      | a b    | printable characters without blanks
			redis.ping-interval    | -1s    | >= 0 and at most 1 day
			redis.ping-timeout     | 0s     | > 0 and at most 1 day
			pool.high              | 5      | none with protocol redis: calls share one connection to each server
			options.database       | 3      | not an option of redis
			methods.get.cache.store | redis:nobody | a client of protocol redis, and 'nobody' speaks thriftmux
			methods.get.cache.store | memory | redis:<client>
			methods.nothing.timeout | 1s    | get
			uri                    | redis://localhost | tcp
			""")
	void aSettingThatIsNotRightIsNamedWithTheRemedy(String setting, String value, String expected) {
		ApplicationContextRunner runner = application(Notes.class).withPropertyValues(
				CLIENT + "uri=tcp://localhost:6379", CLIENT + setting + "=" + value,
				setting.contains("cache") ? CLIENT + "methods.get.cache.ttl=1s" : "none=none");
		FailureAnalysis analysis = failure(runner);
		assertThat(analysis.getDescription()).contains(expected);
		assertThat(analysis.getDescription() + analysis.getAction())
			.contains(setting.substring(0, setting.contains(".") ? setting.indexOf('.') : setting.length()));
	}

	@Test
	void withoutAnyServerTheUriIsAskedFor() {
		FailureAnalysis analysis = failure(application(Notes.class));
		assertThat(analysis.getDescription()).contains("notes");
		assertThat(analysis.getAction()).contains(CLIENT + "uri");
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
		assertThat(failure(runner).getDescription()).contains("SUBSCRIBE", "PushedNotes.messages",
				"a connection of its own, by Lettuce");
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
