package io.scalesrpc.spring.client;

import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Checks;
import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.kafka.KafkaMethodSpec;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.observation.ClientObservations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Makes clients of properties and beans, through the same builder that is there without
 * Spring. <em>Immutable</em>.
 *
 * @param configured the configuration
 * @param problems says what is wrong with it
 * @param resources the threads all clients share
 * @param meters where all clients count
 * @param beans filters, protocols, sources of members and customizers
 */
record ClientAssembler(ConfiguredClients configured, ClientProblems problems, ClientResources resources,
		ClientMeters meters, ListableBeanFactory beans) {

	<T> ClientHandle<T> assemble(ClientDeclaration<T> declaration) {
		String client = declaration.client();
		List<ScalesClientBuilderCustomizer> customizers = all(ScalesClientBuilderCustomizer.class);
		ClientProperties settings = this.configured.settings(client);
		ProtocolSupport support = support(settings);
		Protocol spoken = protocol(client, settings, support);
		String uri = uri(client, settings, support);
		if (uri == null && customizers.isEmpty()) {
			throw this.problems.noUri(declaration, this.configured.names(), example(spoken, settings.protocol()));
		}
		ClientBuilder<T> builder = ScalesClients.builder(declaration.type())
			.name(client)
			.resources(this.resources)
			.meterRegistry(this.meters.registry());
		this.beans.getBeanProvider(ClientObservations.class).ifAvailable((observations) -> observations.apply(builder));
		all(ServerSetProvider.class).forEach(builder::serverSetProvider);
		all(CallFilter.class).forEach(builder::filter);
		all(CircuitBreakerListener.class).forEach(builder::circuitBreakerListener);
		set(client, "uri", uri, builder::uri);
		apply(client, settings, spoken, builder);
		if (support != null) {
			support.customize(settings, builder);
		}
		set(client, "service", (declaration.service() != null) ? declaration.service() : settings.service(),
				builder::service);
		customizers.forEach((customizer) -> customizer.customize(client, builder));
		return build(declaration, settings.protocol(), builder, example(spoken, settings.protocol()));
	}

	private @Nullable String uri(String client, ClientProperties settings, @Nullable ProtocolSupport support) {
		for (ScalesConnectionDetails details : all(ScalesConnectionDetails.class)) {
			String uri = details.uri(client);
			if (uri != null) {
				return uri;
			}
		}
		return (settings.uri() != null || support == null) ? settings.uri() : known(client, settings, support);
	}

	/** A URI as servers of the protocol may have it. */
	private static String example(@Nullable Protocol spoken, @Nullable String name) {
		if (spoken != null) {
			return spoken.exampleUri();
		}
		return ServiceLoader.load(Protocol.class, Protocol.class.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((protocol) -> protocol.name().equals((name != null) ? name : InterfaceKinds.DEFAULT_PROTOCOL))
			.map(Protocol::exampleUri)
			.findFirst()
			.orElse("tcp://localhost:9090");
	}

	private <T> ClientHandle<T> build(ClientDeclaration<T> declaration, @Nullable String protocol,
			ClientBuilder<T> builder, String example) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			if (String.valueOf(ex.getMessage()).startsWith("uri: none")) {
				throw this.problems.noUri(declaration, this.configured.names(), example);
			}
			throw this.problems.refused(declaration, protocol, ex);
		}
	}

	private void apply(String client, ClientProperties settings, @Nullable Protocol protocol,
			ClientBuilder<?> builder) {
		String spoken = (settings.protocol() != null) ? settings.protocol() : InterfaceKinds.DEFAULT_PROTOCOL;
		InapplicableSettings none = InapplicableSettings.of(protocol, spoken, this.problems.locator());
		none.requireNone(client, settings);
		if (protocol != null) {
			builder.protocol(protocol);
		}
		else {
			set(client, "protocol", settings.protocol(), builder::protocol);
		}
		set(client, "timeout", settings.timeout(), builder::timeout);
		none.unless("connect-timeout",
				() -> set(client, "connect-timeout", settings.connectTimeout(), builder::connectTimeout));
		set(client, "close-grace", settings.closeGrace(), builder::closeGrace);
		none.unless("connect", () -> set(client, "connect", settings.connect(), builder::connect));
		none.unless("min-ready", () -> minReady(client, settings));
		set(client, "callbacks", settings.callbacks(), builder::callbacks);
		none.unless("balancer",
				() -> builder.balancer(new BalancerAssembler(this.problems).assemble(client, settings.balancer())));
		none.unless("member-breaker", () -> builder
			.memberBreaker(new MemberBreakerAssembler(this.problems).assemble(client, settings.memberBreaker())));
		new CircuitBreakerAssembler(this.problems).apply(client, settings, builder);
		AdmissionAssembler admission = new AdmissionAssembler(this.problems);
		none.unless("throttling", () -> admission.throttling(client, settings, builder));
		admission.concurrencyLimit(client, settings, builder);
		new ChaosAssembler(this.problems).apply(client, settings, builder);
		none.unless("retry", () -> new RetryAssembler(this.problems).apply(client, settings, builder));
		none.unless("hedging", () -> new HedgingAssembler(this.problems).apply(client, settings, builder));
		new SslAssembler(this.problems, this.beans).apply(client, settings, builder);
		none.unless("pool", () -> builder.pool(new PoolAssembler(this.problems).assemble(client, settings.pool())));
		settings.methods()
			.forEach((method, own) -> set(client, "methods." + method + ".timeout", own.timeout(),
					(timeout) -> builder.methodTimeout(method, timeout)));
		settings.methods().forEach((method, own) -> {
			CacheSettings cache = new CacheAssembler(this.problems, this.beans).assemble(client, method, own.cache());
			if (cache != null) {
				builder.methodOption(method, CacheSettings.KEY, cache);
			}
		});
		settings.methods()
			.forEach((method, own) -> set(client, "methods." + method + ".topic", own.topic(), (topic) -> {
				Checks.require(spoken.equals("kafka"), "methods." + method + ".topic", topic,
						"none with protocol " + spoken);
				builder.methodOption(method, KafkaMethodSpec.TOPIC, topic);
			}));
		settings.protocolOptions().forEach((name, value) -> option(client, name, value, builder));
		none.unless("limits", () -> limits(client, settings, builder));
	}

	/** Nothing of the builder: it is the application that waits. */
	private void minReady(String client, ClientProperties settings) {
		set(client, "min-ready", settings.minReady(), (members) -> new MinReady(members, MinReady.NONE.limit()));
		set(client, "min-ready-timeout", settings.minReadyTimeout(), (limit) -> {
			MinReady wanted = new MinReady(MinReady.of(settings).members(), limit);
			if (wanted.members() == 0 && this.problems.locator().findOwn(client, "min-ready-timeout") != null) {
				throw new IllegalArgumentException(
						"min-ready-timeout: " + limit + " (expected: none without min-ready, which is 0)");
			}
		});
	}

	/**
	 * The defaults are for clients of any protocol; what a client says itself its
	 * protocol must know.
	 */
	private void option(String client, String name, String value, ClientBuilder<?> builder) {
		boolean isOwn = this.problems.locator().findOwn(client, name) != null
				|| this.problems.locator().findOwn(client, "options." + name) != null;
		if (isOwn) {
			builder.option(name, value);
		}
		else {
			builder.defaultOption(name, value);
		}
	}

	private void limits(String client, ClientProperties settings, ClientBuilder<?> builder) {
		try {
			builder.limits(settings.limits().toTransportLimits());
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badLimit(client, ex);
		}
	}

	private @Nullable ProtocolSupport support(ClientProperties settings) {
		return all(ProtocolSupport.class).stream()
			.filter((support) -> support.protocol().equals(settings.protocol()))
			.findFirst()
			.orElse(null);
	}

	/** Where servers are by the properties of Spring Boot, or by a service connection. */
	private @Nullable String known(String client, ClientProperties settings, ProtocolSupport support) {
		try {
			return support.uri(client, settings);
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue(client, "uri", ex);
		}
	}

	/**
	 * A bean stands in for a protocol of the same name that would be found by itself.
	 * @return {@code null} if there is none
	 */
	private @Nullable Protocol protocol(String client, ClientProperties settings, @Nullable ProtocolSupport support) {
		if (support != null) {
			try {
				return support.create(client, settings);
			}
			catch (IllegalArgumentException ex) {
				throw this.problems.ofProtocol(client, ex);
			}
		}
		return all(Protocol.class).stream()
			.filter((protocol) -> protocol.name().equals(settings.protocol()))
			.findFirst()
			.orElse(null);
	}

	private <V> void set(String client, String setting, @Nullable V value, Consumer<V> setter) {
		if (value == null) {
			return;
		}
		try {
			setter.accept(Objects.requireNonNull(value));
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue(client, setting, ex);
		}
	}

	private <B> List<B> all(Class<B> type) {
		return this.beans.getBeanProvider(type).orderedStream().toList();
	}

}
