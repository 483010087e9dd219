package io.scalesrpc.spring.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.ServiceLinks;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.settings.ChaosPermission;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.HotSettings;
import io.scalesrpc.spring.client.settings.LogLevels;
import io.scalesrpc.spring.client.settings.Mistakes;
import io.scalesrpc.spring.client.settings.PropertySnapshot;
import io.scalesrpc.spring.client.settings.Proposal;
import io.scalesrpc.spring.settings.FailureKindConverter;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Takes the configuration over as it is now: all of it is looked at first, by the way it
 * had at the start, and only then something changes. <em>Thread-safe</em>.
 */
final class SettingRefresh {

	private static final Logger logger = LoggerFactory.getLogger(SettingRefresh.class);

	/**
	 * Held while something changes, and never while beans are asked for: whoever makes
	 * one may wait for it.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/** How many changes were begun, and how many are over. */
	private final AtomicLong begun = new AtomicLong();

	private final AtomicLong over = new AtomicLong();

	private final ConfiguredClients configured;

	private final ClientAssembler assembler;

	private final Environment environment;

	private final BeanFactory beans;

	private volatile Known known;

	private volatile @Nullable String refusal;

	SettingRefresh(ConfiguredClients configured, ClientAssembler assembler, Environment environment,
			BeanFactory beans) {
		this.configured = configured;
		this.assembler = assembler;
		this.environment = environment;
		this.beans = beans;
		this.known = Known.of(environment);
	}

	/** Why the settings were refused the last time; null if they were not. */
	@Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * Takes over what has changed.
	 * @param clients those that were made; asks for no bean
	 * @param names those that are used
	 * @throws RuntimeException if a value is not right; nothing has changed
	 */
	void refresh(Supplier<Collection<ClientHandle<?>>> clients, Supplier<SortedSet<String>> names) {
		try {
			refresh(clients, names, () -> Proposal.of(this.environment));
		}
		catch (RuntimeException ex) {
			this.refusal = ScalesConfigurationException.text(ex);
			throw ex;
		}
	}

	/**
	 * Takes over what somebody wants, if it is right.
	 * @param clients those that were made; asks for no bean
	 * @param names those that are used
	 * @param wanted asked again when another change came first
	 * @throws RuntimeException if a value is not right; nothing has changed, nor has
	 * anybody seen the value
	 */
	void refresh(Supplier<Collection<ClientHandle<?>>> clients, Supplier<SortedSet<String>> names,
			Supplier<Proposal> wanted) {
		boolean isDone = false;
		while (!isDone) {
			isDone = refreshUnlessOvertaken(clients, names.get(), wanted);
		}
		this.refusal = null;
	}

	/**
	 * Looks at everything, and changes it.
	 * @return false if somebody else changed something meanwhile, or made a client
	 */
	private boolean refreshUnlessOvertaken(Supplier<Collection<ClientHandle<?>>> clients, SortedSet<String> names,
			Supplier<Proposal> wanted) {
		Known before = this.known;
		Proposal proposal = wanted.get();
		Known now = Known.of(proposal.environment());
		Collection<ClientHandle<?>> made = clients.get();
		SortedSet<ConfigurationPropertyName> changed = before.seen.changedIn(now.seen);
		List<Runnable> changes = changed.isEmpty() ? List.of() : prepare(proposal.environment(), made, names);
		Runnable newLevels = now.levels.replacing(before.levels, this.beans);
		boolean isDone = change(before, () -> {
			if (!made.containsAll(clients.get()) || !proposal.isTimely().getAsBoolean()) {
				return false;
			}
			newLevels.run();
			changes.forEach(Runnable::run);
			// Last, since the application's own changes of a stack may fail.
			proposal.publish().run();
			this.known = now;
			return true;
		});
		if (isDone) {
			tell(changed);
		}
		return isDone;
	}

	/** Changes something, unless it has changed since somebody looked. */
	private boolean change(Known before, BooleanSupplier action) {
		this.lock.lock();
		this.begun.incrementAndGet();
		try {
			return this.known.equals(before) && action.getAsBoolean();
		}
		finally {
			this.over.incrementAndGet();
			this.lock.unlock();
		}
	}

	/**
	 * Asked before a client is made.
	 * @return what {@link #made} wants to know
	 */
	long last() {
		return this.over.get();
	}

	/**
	 * Sees to it that a client which was made while settings changed has those of now.
	 * @param client the client, which others can find by now
	 * @param last what was last before it was made
	 */
	void made(ClientHandle<?> client, long last) {
		if (this.begun.get() == last) {
			return;
		}
		try {
			boolean isDone = false;
			while (!isDone) {
				isDone = catchUpUnlessOvertaken(client);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("[{}] was made while settings changed and keeps those of before: {}", client.name(),
					ScalesConfigurationException.text(ex));
		}
	}

	private boolean catchUpUnlessOvertaken(ClientHandle<?> client) {
		Known before = this.known;
		Mistakes mistakes = new Mistakes(this.assembler.problems());
		Runnable change = mistakes.of(client.name(), () -> client.prepare(this.assembler.again(client, mistakes)));
		mistakes.throwAny();
		return change(before, () -> {
			if (change != null) {
				change.run();
			}
			return true;
		});
	}

	/**
	 * Looks at everything; what is returned fails no more, unless the application's own
	 * changes of a stack do.
	 */
	private List<Runnable> prepare(Environment environment, Collection<ClientHandle<?>> clients,
			SortedSet<String> names) {
		Binder binder = new Binder(ConfigurationPropertySources.get(environment),
				new PropertySourcesPlaceholdersResolver(environment), FailureKindConverter.alone());
		BindHandler handler = ServiceLinks.refusingUnknown();
		ScalesProperties properties = binder.bind("scales", Bindable.of(ScalesProperties.class), handler)
			.orElseGet(() -> binder.bindOrCreate("scales", ScalesProperties.class));
		ClientProblems problems = new ClientProblems(new SettingLocator(environment));
		new ChaosPermission(problems.locator()).requireAllowed(properties);
		ConfiguredClients next = new ConfiguredClients(properties, environment);
		ClientAssembler assembling = this.assembler.with(next, problems).now();
		Mistakes mistakes = new Mistakes(problems);
		names.stream().filter(next::contains).forEach((name) -> assembling.check(name, mistakes));
		List<Runnable> changes = new ArrayList<>();
		for (ClientHandle<?> client : clients) {
			if (!next.settings(client.name()).equals(this.configured.settings(client.name()))) {
				Runnable change = mistakes.of(client.name(), () -> client.prepare(assembling.again(client, mistakes)));
				if (change != null) {
					changes.add(change);
				}
			}
		}
		mistakes.throwAny();
		changes.add(() -> this.configured.become(next));
		return changes;
	}

	private static void tell(SortedSet<ConfigurationPropertyName> changed) {
		StringJoiner hot = new StringJoiner(", ");
		changed.forEach((name) -> {
			if (HotSettings.isHot(name)) {
				hot.add(name.toString());
			}
			else {
				logger.warn("'{}' has changed, which takes effect when the application starts the next time", name);
			}
		});
		if (hot.length() > 0) {
			logger.info("settings have changed and are in effect: {}", hot);
		}
	}

	/**
	 * What was in effect at one moment. <em>Immutable</em>.
	 */
	private record Known(PropertySnapshot seen, LogLevels levels) {

		static Known of(Environment environment) {
			return new Known(PropertySnapshot.of(environment), LogLevels.of(environment));
		}

	}

}
