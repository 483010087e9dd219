package io.scalesrpc.spring.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.FailureKindConverter;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.ServiceLinks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Takes the configuration over as it is now: all of it is looked at first, by the way it
 * had at the start, and only then something changes. <em>Thread-safe</em>.
 */
final class SettingRefresh {

	private static final Logger logger = LoggerFactory.getLogger(SettingRefresh.class);

	private final ReentrantLock lock = new ReentrantLock();

	/** How many were begun, and how many are over. */
	private final AtomicLong begun = new AtomicLong();

	private final AtomicLong over = new AtomicLong();

	/** Clients that may have been made by settings of before. */
	private final Queue<ClientHandle<?>> missed = new ConcurrentLinkedQueue<>();

	private final ConfiguredClients configured;

	private final ClientAssembler assembler;

	private final Environment environment;

	private final BeanFactory beans;

	private PropertySnapshot seen;

	private LogLevels levels;

	private volatile @Nullable String refusal;

	SettingRefresh(ConfiguredClients configured, ClientAssembler assembler, Environment environment,
			BeanFactory beans) {
		this.configured = configured;
		this.assembler = assembler;
		this.environment = environment;
		this.beans = beans;
		this.seen = PropertySnapshot.of(environment);
		this.levels = LogLevels.of(environment);
	}

	/** Why the settings were refused the last time; null if they were not. */
	@Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * Takes over what has changed.
	 * @param clients those that were made, asked when no other change is under way
	 * @param names those that are used
	 * @throws RuntimeException if a value is not right; nothing has changed
	 */
	void refresh(Supplier<Collection<ClientHandle<?>>> clients, Supplier<SortedSet<String>> names) {
		this.lock.lock();
		try {
			this.begun.incrementAndGet();
			refreshAlone(clients.get(), names.get());
			this.refusal = null;
		}
		catch (RuntimeException ex) {
			this.refusal = ScalesConfigurationException.text(ex);
			throw ex;
		}
		finally {
			this.over.incrementAndGet();
			this.lock.unlock();
			catchUp();
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
	 * The caller may hold a lock that a change under way waits for: it waits for none.
	 * @param client the client, which others can find by now
	 * @param last what was last before it was made
	 */
	void made(ClientHandle<?> client, long last) {
		if (this.begun.get() != last) {
			this.missed.add(client);
			catchUp();
		}
	}

	/** Whoever holds the lock comes here after it. */
	private void catchUp() {
		while (!this.missed.isEmpty() && this.lock.tryLock()) {
			try {
				for (ClientHandle<?> client = this.missed.poll(); client != null; client = this.missed.poll()) {
					catchUp(client);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void catchUp(ClientHandle<?> client) {
		try {
			Mistakes mistakes = new Mistakes(this.assembler.problems());
			Runnable change = mistakes.of(client.name(), () -> client.prepare(this.assembler.again(client, mistakes)));
			mistakes.throwAny();
			if (change != null) {
				change.run();
			}
		}
		catch (RuntimeException ex) {
			logger.warn("[{}] was made while settings changed and keeps those of before: {}", client.name(),
					ScalesConfigurationException.text(ex));
		}
	}

	private void refreshAlone(Collection<ClientHandle<?>> clients, SortedSet<String> names) {
		PropertySnapshot now = PropertySnapshot.of(this.environment);
		LogLevels newLevels = LogLevels.of(this.environment);
		SortedSet<ConfigurationPropertyName> changed = this.seen.changedIn(now);
		Map<ClientHandle<?>, Runnable> changes = changed.isEmpty() ? Map.of() : prepare(clients, names);
		newLevels.replace(this.levels, this.beans);
		changes.values().forEach(Runnable::run);
		this.seen = now;
		this.levels = newLevels;
		tell(changed);
	}

	/** Looks at everything; what is returned cannot fail. */
	private Map<ClientHandle<?>, Runnable> prepare(Collection<ClientHandle<?>> clients, SortedSet<String> names) {
		Binder binder = new Binder(ConfigurationPropertySources.get(this.environment),
				new PropertySourcesPlaceholdersResolver(this.environment), FailureKindConverter.withAll());
		ScalesProperties properties = binder
			.bind("scales", Bindable.of(ScalesProperties.class),
					new ServiceLinks(
							new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter())))
			.orElseGet(() -> binder.bindOrCreate("scales", ScalesProperties.class));
		ClientProblems problems = this.assembler.problems();
		new ChaosPermission(problems.locator()).requireAllowed(properties);
		ConfiguredClients next = new ConfiguredClients(properties, this.environment);
		ClientAssembler assembling = this.assembler.with(next).now();
		Mistakes mistakes = new Mistakes(problems);
		names.stream().filter(next::contains).forEach((name) -> assembling.check(name, mistakes));
		Map<ClientHandle<?>, Runnable> changes = new LinkedHashMap<>();
		for (ClientHandle<?> client : clients) {
			if (!next.settings(client.name()).equals(this.configured.settings(client.name()))) {
				Runnable change = mistakes.of(client.name(), () -> client.prepare(assembling.again(client, mistakes)));
				if (change != null) {
					changes.put(client, change);
				}
			}
		}
		mistakes.throwAny();
		this.configured.become(next);
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

}
