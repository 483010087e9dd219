package io.scalesrpc.spring.client;

import java.util.Arrays;
import java.util.List;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.GeneratedService;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.support.InterfaceSupport;
import io.scalesrpc.spring.settings.ClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Tells the interfaces that the core implements from those that somebody else does, and
 * refuses what does not fit the protocol of its client. <em>Immutable</em>.
 *
 * @param kinds makes proxies of the others
 * @param configured the clients that there are
 * @param problems says what is wrong, and finds where it was written
 */
record InterfaceKinds(List<InterfaceSupport> kinds, ConfiguredClients configured, ClientProblems problems) {

	private static final String HTTP = "http";

	private static final String KAFKA = "kafka";

	private static final String SEND_TO = "org.springframework.messaging.handler.annotation.SendTo";

	private static final String REDIS = "redis";

	private static final String COMMAND = "io.lettuce.core.dynamic.annotation.Command";

	private static final String READY_REDIS = "io.scalesrpc.redis.ScalesRedisClient";

	private static final String READY_KAFKA = "io.scalesrpc.kafka.ScalesKafkaClient";

	/** What the core is to build a client of. */
	public ClientDeclaration<?> forCore(ClientDeclaration<?> declaration, ClientProperties settings) {
		InterfaceSupport kind = kindOf(declaration.type());
		check(declaration, kind, settings.protocol());
		if (kind == null) {
			return declaration;
		}
		requireNoService(declaration, settings);
		return new ClientDeclaration<>(declaration.client(), kind.stand(), declaration.type());
	}

	/** A proxy, or null if the core is to make it. */
	public <T> @Nullable T create(ClientHandle<?> client, ClientDeclaration<T> declaration, ClientProperties settings,
			@Nullable FallbackSettings<T> fallback) {
		InterfaceSupport kind = kindOf(declaration.type());
		check(declaration, kind, client.protocol());
		if (kind == null) {
			return null;
		}
		settings.methods().keySet().forEach((method) -> requireOne(method, declaration));
		return kind.create(client, declaration.type(), fallback);
	}

	private void check(ClientDeclaration<?> declaration, @Nullable InterfaceSupport kind, String protocol) {
		if (kind != null) {
			require(protocol.equals(kind.protocol()), declaration, protocol, kind.protocol());
		}
		else if (ScalesHttpClient.class.isAssignableFrom(declaration.type())) {
			require(protocol.equals(HTTP), declaration, protocol, HTTP);
		}
		else if (has(declaration.type(), SEND_TO, READY_KAFKA)) {
			require(protocol.equals(KAFKA), declaration, protocol, KAFKA);
		}
		else if (has(declaration.type(), COMMAND, READY_REDIS)) {
			require(protocol.equals(REDIS), declaration, protocol, REDIS);
		}
		else if (declaration.service() != null || GeneratedService.of(declaration.type()) != null) {
			require(!protocol.equals(HTTP), declaration, protocol, "thriftmux or another protocol of Thrift");
		}
	}

	/** By name: the libraries that have the annotations need not be there. */
	private static boolean has(Class<?> type, String ofMethods, String ready) {
		return Arrays.stream(type.getMethods())
			.flatMap((method) -> Arrays.stream(method.getAnnotations()))
			.anyMatch((annotation) -> annotation.annotationType().getName().equals(ofMethods))
				|| type.getName().equals(ready);
	}

	/** Such an interface says itself what it stands for. */
	private void requireNoService(ClientDeclaration<?> declaration, ClientProperties settings) {
		Class<?> service = (declaration.service() != null) ? declaration.service() : settings.service();
		if (service != null) {
			throw problem(declaration, "service",
					"service: " + service.getName() + " (expected: none for the interface "
							+ declaration.type().getName() + ", which says itself what its requests are)",
					(declaration.service() != null) ? "Remove 'service' from its @ScalesClient."
							: "Remove '" + SettingLocator.property(declaration.client(), "service")
									+ "', or give the interface a client of its own.");
		}
	}

	/** Settings have the name of a method, which several methods cannot share. */
	private void requireOne(String method, ClientDeclaration<?> declaration) {
		long found = Arrays.stream(declaration.type().getMethods())
			.filter((candidate) -> candidate.getName().equals(method))
			.count();
		if (found > 1) {
			throw problem(declaration, "methods." + method,
					"methods." + method + ": " + found + " methods of the interface " + declaration.type().getName()
							+ " have that name (expected: a name that is one method's)",
					"Rename methods of the interface, so that each can have settings of its own, or remove '"
							+ SettingLocator.property(declaration.client(), "methods." + method) + "'.");
		}
	}

	private @Nullable InterfaceSupport kindOf(Class<?> type) {
		for (InterfaceSupport kind : this.kinds) {
			if (kind.supports(type)) {
				return kind;
			}
		}
		return null;
	}

	private void require(boolean fits, ClientDeclaration<?> declaration, String protocol, String expected) {
		if (!fits) {
			String client = declaration.client();
			if (!this.configured.contains(client)) {
				// Most likely its name is wrong, and not what it would speak.
				String spoken = expected.contains(" ") ? "" : expected;
				throw this.problems.notConfigured(declaration, this.configured.names(), spoken,
						ClientAssembler.example(null, spoken));
			}
			boolean written = locator().find(client, "protocol") != null;
			throw problem(declaration, "protocol",
					"protocol: " + protocol + (written ? "" : ", the default") + " (expected: " + expected
							+ " for the interface " + declaration.type().getName() + ")",
					"Set '" + SettingLocator.property(client, "protocol") + "' to " + expected
							+ ", or give the interface a client of its own.");
		}
	}

	private SettingLocator locator() {
		return this.problems.locator();
	}

	private ScalesConfigurationException problem(ClientDeclaration<?> declaration, String setting, String reason,
			String remedy) {
		String client = declaration.client();
		return new ScalesConfigurationException(client, locator().find(client, setting), reason, remedy, null);
	}

}
