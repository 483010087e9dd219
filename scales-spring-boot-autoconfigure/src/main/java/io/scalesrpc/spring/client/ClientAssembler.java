package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.settings.CacheAssembler;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.InapplicableSettings;
import io.scalesrpc.spring.client.settings.Mistakes;
import io.scalesrpc.spring.client.settings.SettingsApplier;
import io.scalesrpc.spring.client.settings.SslAssembler;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.observation.ClientObservations;
import io.scalesrpc.spring.settings.ClientProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Makes clients of properties and beans, through the same builder that is there without
 * Spring. <em>Immutable</em>.
 *
 * @param configured the configuration
 * @param problems says what is wrong with it
 * @param resources the threads all clients share
 * @param meters where all clients count
 * @param beans protocols, sources of members and customizers
 * @param filters the filters of the application
 */
public record ClientAssembler(ConfiguredClients configured, ClientProblems problems, ClientResources resources,
		ClientMeters meters, ListableBeanFactory beans, FilterBeans filters) {

	private static final Logger logger = LoggerFactory.getLogger(ClientAssembler.class);

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
		this.filters.of(client).forEach(builder::filter);
		all(CircuitBreakerListener.class).forEach(builder::circuitBreakerListener);
		Mistakes mistakes = new Mistakes(this.problems);
		applyUri(client, uri, builder, mistakes);
		InapplicableSettings inapplicable = InapplicableSettings.of(spoken, settings.protocol(),
				this.problems.locator());
		inapplicable.refuseOthers(client, mistakes);
		inapplicable.refuse(client, settings, mistakes);
		if (spoken != null) {
			builder.protocol(spoken);
		}
		else {
			mistakes.of(client, () -> builder.protocol(settings.protocol()));
		}
		new SettingsApplier(client, settings, inapplicable, mistakes, builder).apply();
		applyBeans(client, settings, builder, mistakes);
		mistakes.throwAny();
		warnOfOptions(client, settings);
		if (support != null) {
			support.customize(settings, builder);
		}
		Class<?> service = (declaration.service() != null) ? declaration.service() : settings.service();
		if (service != null) {
			builder.service(service);
		}
		customizers.forEach((customizer) -> customizer.customize(client, builder));
		return build(declaration, settings.protocol(), builder, () -> example(spoken, settings.protocol()));
	}

	/**
	 * The same, which looks through what is configured once, and not for each setting.
	 */
	ClientAssembler now() {
		return new ClientAssembler(this.configured, new ClientProblems(this.problems.locator().now()), this.resources,
				this.meters, this.beans, this.filters);
	}

	/** The same for another configuration. */
	ClientAssembler with(ConfiguredClients changed, ClientProblems found) {
		return new ClientAssembler(changed, found, this.resources, this.meters, this.beans, this.filters);
	}

	/**
	 * The settings of a client that lives, as they would be if it were made now. Where
	 * its members are and what it speaks stays.
	 */
	ClientBuilder<?> again(ClientHandle<?> made, Mistakes mistakes) {
		String client = made.name();
		ClientProperties settings = this.configured.settings(client);
		ClientBuilder<?> builder = ScalesClients.builder(Runnable.class).name(client);
		InapplicableSettings inapplicable = InapplicableSettings.of(ClientIntegration.of(made).protocol(),
				made.protocol(), this.problems.locator());
		inapplicable.refuse(client, settings, mistakes);
		new SettingsApplier(client, settings, inapplicable, mistakes, builder).apply();
		applyCaches(client, settings, builder, mistakes);
		all(ScalesClientBuilderCustomizer.class).forEach((customizer) -> customizer.customize(client, builder));
		return builder;
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

	/**
	 * Looks for wrong values without making anything: what can be told of a client that
	 * nobody needs yet.
	 */
	void check(String client, Mistakes mistakes) {
		new ClientCheck(this.configured, this.problems).check(client, Set.of(), mistakes);
	}

	static void applyUri(String client, @Nullable String uri, ClientBuilder<?> builder, Mistakes mistakes) {
		if (uri != null) {
			mistakes.of(client, () -> {
				SettingsApplier.requireResolved("uri", ServerSetUri.withoutUser(uri));
				return builder.uri(uri);
			});
		}
	}

	/** They had no place of their own once. */
	private void warnOfOptions(String client, ClientProperties settings) {
		settings.options().keySet().stream().sorted().forEach((option) -> {
			String place = settings.placeOf(option);
			ConfiguredSetting written = this.problems.locator().find(client, "options." + option);
			if (place != null && written != null) {
				logger.warn("'{}' has a new name, '{}', and is read under the old one in this version only",
						written.property(), written.property().replaceFirst("options\\..*", place));
			}
		});
	}

	/** What takes beans of the application. */
	private void applyBeans(String client, ClientProperties settings, ClientBuilder<?> builder, Mistakes mistakes) {
		mistakes.of(client, () -> {
			new SslAssembler(this.problems, this.beans).apply(client, settings, builder);
			return true;
		});
		applyCaches(client, settings, builder, mistakes);
	}

	private void applyCaches(String client, ClientProperties settings, ClientBuilder<?> builder, Mistakes mistakes) {
		new TreeMap<>(settings.methods()).forEach((method, own) -> {
			CacheSettings cache = mistakes.of(client,
					() -> new CacheAssembler(this.problems, this.beans).assemble(client, method, own.cache()));
			if (cache != null) {
				builder.methodOption(method, CacheSettings.KEY, cache);
			}
		});
	}

	/** A URI as servers of the protocol may have it. */
	static String example(@Nullable Protocol spoken, String name) {
		if (spoken != null) {
			return spoken.exampleUri();
		}
		return ServiceLoader.load(Protocol.class, Protocol.class.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((protocol) -> protocol.name().equals(name))
			.map(Protocol::exampleUri)
			.findFirst()
			.orElse("tcp://localhost:9090");
	}

	private <T> ClientHandle<T> build(ClientDeclaration<T> declaration, String protocol, ClientBuilder<T> builder,
			Supplier<String> example) {
		try {
			ClientHandle<T> made = builder.build();
			requirePool(made);
			return made;
		}
		catch (IllegalArgumentException ex) {
			if (ex instanceof InvalidSettingException refusal && refusal.setting().equals("uri")
					&& this.configured.settings(declaration.client()).uri() == null) {
				throw this.problems.noUri(declaration, this.configured.names(), example.get());
			}
			throw this.problems.refused(declaration, protocol, ex);
		}
	}

	/** Which only the client knows: it may be a matter of options. */
	private void requirePool(ClientHandle<?> made) {
		String client = made.name();
		ConfiguredSetting own = (made.view().settings().pool() == null)
				? this.problems.locator().findOwnBelow(client, "pool") : null;
		if (own != null) {
			made.close(Duration.ZERO);
			throw new ScalesConfigurationException(client, own,
					SettingLocator.below(own, "") + ": " + own.shown() + " (expected: none with protocol "
							+ made.protocol() + ", where calls share a connection)",
					"Remove '" + own.property() + "'.", null);
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
			throw this.problems.refused(client, about("uri", ex));
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
				throw this.problems.refused(client, about("protocol", ex));
			}
		}
		return all(Protocol.class).stream()
			.filter((protocol) -> protocol.name().equals(settings.protocol()))
			.findFirst()
			.orElse(null);
	}

	/** What somebody says who knows no names of settings. */
	private static InvalidSettingException about(String setting, IllegalArgumentException refusal) {
		return (refusal instanceof InvalidSettingException named) ? named
				: InvalidSettingException.because(setting, String.valueOf(refusal.getMessage()), refusal);
	}

	private <B> List<B> all(Class<B> type) {
		return this.beans.getBeanProvider(type).orderedStream().toList();
	}

}
