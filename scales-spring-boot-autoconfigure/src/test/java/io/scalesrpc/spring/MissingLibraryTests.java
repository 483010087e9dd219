package io.scalesrpc.spring;

import java.util.List;
import java.util.function.Supplier;

import io.lettuce.core.ScanArgs;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.kafka.ScalesKafkaAutoConfiguration;
import io.scalesrpc.spring.server.ScalesServerAutoConfiguration;
import io.scalesrpc.spring.server.scanned.ScannedService;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.testing.HidingClassLoader;
import io.scalesrpc.testing.Sockets;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application says whose interface has types of a library that is not there. */
@Sockets
class MissingLibraryTests {

	private static String without(String library, Class<? extends Supplier<String>> application) throws Exception {
		ClassLoader loader = new HidingClassLoader(MissingLibraryTests.class.getClassLoader(), List.of(library));
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			Object told = loader.loadClass(application.getName()).getDeclaredConstructor().newInstance();
			return String.valueOf(((Supplier<?>) told).get());
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void lettuce() throws Exception {
		assertThat(without("io.lettuce.", RedisApplication.class)).contains(
				"its methods have io.lettuce.core.ScanArgs, which is missing (expected: io.lettuce:lettuce-core on the"
						+ " class path)",
				"Add io.lettuce:lettuce-core to the dependencies");
	}

	@Test
	void kafkaClients() throws Exception {
		assertThat(without("org.apache.kafka.", KafkaApplication.class)).contains(
				"(expected: org.apache.kafka:kafka-clients on the class path)",
				"Add org.apache.kafka:kafka-clients to the dependencies");
	}

	@Test
	void curator() throws Exception {
		assertThat(without("org.apache.curator.", ZooKeeperApplication.class)).contains(
				"Property: scales.clients.calculator.uri", "Value: \"zk://zk1:2181/services/calculator\"",
				"Origin: Byte array resource [application.yml] - 4:12",
				"Reason: uri: zk://zk1:2181/services/calculator (expected: org.apache.curator:curator-recipes:",
				"\nAdd org.apache.curator:curator-recipes:",
				" and tools.jackson.core:jackson-core to the dependencies of the application");
	}

	@Test
	void jacksonOfCurator() throws Exception {
		assertThat(without("tools.jackson.core.", ZooKeeperApplication.class)).contains(
				"Property: scales.clients.calculator.uri", "; missing: tools.jackson.core.",
				"\nAdd org.apache.curator:curator-recipes:");
	}

	@Test
	void curatorOfAServer() throws Exception {
		assertThat(without("org.apache.curator.", AnnouncedApplication.class)).contains(
				"Property: scales.server.announce", "Value: \"zk://zk1:2181/services/calculator\"",
				"Origin: Byte array resource [application.yml] - 4:15", "\nAdd org.apache.curator:curator-recipes:");
	}

	/** Annotations whose classes are missing are not there at all. */
	@Test
	void springMessaging() throws Exception {
		assertThat(without("org.springframework.messaging.", MessagingApplication.class)).contains(
				SendClient.class.getName() + ": no method that sends records can be seen (expected:"
						+ " org.springframework:spring-messaging on the class path)",
				"Add org.springframework:spring-messaging to the dependencies");
	}

	@Test
	void reactor() throws Exception {
		assertThat(without("reactor.", ReactorApplication.class)).contains(
				"its methods have reactor.core.publisher.Mono, which is missing (expected:"
						+ " io.projectreactor:reactor-core on the class path)",
				"Add io.projectreactor:reactor-core to the dependencies");
	}

	/** Those of the libraries that are hidden leave Spring Boot's list by themselves. */
	private static String told(Class<?> configuration, String protocol) {
		FailureAnalysis analysis = StartFailures.failure(Contexts.bare()
			.withClassLoader(MissingLibraryTests.class.getClassLoader())
			.withUserConfiguration(configuration)
			.withPropertyValues("scales.clients.app.protocol=" + protocol, "scales.clients.app.uri=tcp://localhost:1"));
		return analysis.getDescription() + "\n" + analysis.getAction();
	}

	private static String told(ApplicationContextRunner runner, String yaml) {
		FailureAnalysis analysis = StartFailures
			.failure(Contexts.withYaml(runner.withClassLoader(MissingLibraryTests.class.getClassLoader()), yaml));
		return analysis.getDescription() + "\n" + analysis.getAction();
	}

	/** Starts without what ZooKeeper takes. */
	public static final class ZooKeeperApplication implements Supplier<String> {

		@Override
		public String get() {
			return told(Contexts.application(), """
					scales:
					  clients:
					    calculator:
					      uri: zk://zk1:2181/services/calculator
					""");
		}

	}

	/** Serves without what ZooKeeper takes. */
	public static final class AnnouncedApplication implements Supplier<String> {

		@Override
		public String get() {
			return told(Contexts.bare()
				.withConfiguration(AutoConfigurations.of(ScalesServerAutoConfiguration.class))
				.withBean(ScannedService.class), """
						scales:
						  server:
						    address: 127.0.0.1
						    announce: zk://zk1:2181/services/calculator
						""");
		}

	}

	/** Starts without Lettuce. */
	public static final class RedisApplication implements Supplier<String> {

		@Override
		public String get() {
			return told(Scans.class, "redis");
		}

	}

	/** Starts without kafka-clients. */
	public static final class KafkaApplication implements Supplier<String> {

		@Override
		public String get() {
			return told(Sends.class, "kafka");
		}

	}

	/** Starts without Spring Messaging. */
	public static final class MessagingApplication implements Supplier<String> {

		@Override
		public String get() {
			FailureAnalysis analysis = StartFailures.failure(Contexts.bare()
				.withClassLoader(MissingLibraryTests.class.getClassLoader())
				.withConfiguration(AutoConfigurations.of(ScalesKafkaAutoConfiguration.class))
				.withUserConfiguration(Sends.class)
				.withPropertyValues("scales.clients.app.protocol=kafka", "scales.clients.app.uri=tcp://localhost:1"));
			return analysis.getDescription() + "\n" + analysis.getAction();
		}

	}

	/** Starts without Reactor. */
	public static final class ReactorApplication implements Supplier<String> {

		@Override
		public String get() {
			return told(Waits.class, "thriftmux");
		}

	}

	/** Commands. */
	@ScalesClient("app")
	interface ScanClient {

		List<String> scan(ScanArgs how);

	}

	/** Has them. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = ScanClient.class)
	static class Scans {

	}

	/** Records. */
	@ScalesClient("app")
	interface SendClient {

		@SendTo("orders")
		RecordMetadata placed(String order);

	}

	/** Has them. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = SendClient.class)
	static class Sends {

	}

	/** Calls. */
	@ScalesClient("app")
	interface WaitClient {

		Mono<Integer> add(int a, int b);

	}

	/** Has them. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = WaitClient.class)
	static class Waits {

	}

}
