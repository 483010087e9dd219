package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.settings.ChaosPermission;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.Mistakes;
import io.scalesrpc.spring.client.settings.OperatorSettings;
import io.scalesrpc.spring.client.settings.Proposal;
import io.scalesrpc.spring.client.start.MinReady;
import io.scalesrpc.spring.client.start.StartGate;
import io.scalesrpc.spring.client.start.WarmUp;
import io.scalesrpc.spring.client.support.InterfaceSupport;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * The clients of an application context by name, each made when it is first needed and
 * shared by every interface that names it. That each is made once is seen to by Spring:
 * what makes a client asks for beans, and no lock may be held meanwhile.
 * <em>Thread-safe</em>.
 */
public final class ScalesClientRegistry {

	/** In front of the name of a client, what Spring knows its handle by. */
	private static final String HANDLE = ScalesClientRegistry.class.getName() + ".client ";

	private static final Duration LAST_WAIT = Duration.ofSeconds(5);

	private final Map<String, ClientHandle<?>> clients = new ConcurrentHashMap<>();

	/** Why clients could not be made, the last time they were asked for. */
	private final Map<String, String> problems = new ConcurrentHashMap<>();

	private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();

	private final DefaultListableBeanFactory beans;

	/** What looks at all beans to find a few, is asked by each client. */
	private final KnownBeans<List<String>> resources;

	private final KnownBeans<Collection<ClientDeclaration<?>>> declarations;

	private final ConfiguredClients configured;

	private final ClientAssembler assembler;

	private final SettingRefresh refresh;

	private final OperatorSettings operators;

	private volatile boolean closed;

	ScalesClientRegistry(ScalesProperties properties, ClientResources resources, ClientMeters meters,
			Environment environment, DefaultListableBeanFactory beans) {
		this.beans = beans;
		this.resources = new KnownBeans<>(beans,
				() -> List.of(beans.getBeanNamesForType(ClientResources.class, true, false)));
		this.declarations = new KnownBeans<>(beans, () -> ClientDeclaration.all(beans).values());
		this.configured = new ConfiguredClients(properties, environment);
		ClientProblems found = new ClientProblems(new SettingLocator(environment));
		new ChaosPermission(found.locator()).requireAllowed(properties);
		FilterBeans filters = new FilterBeans(beans);
		this.assembler = new ClientAssembler(this.configured, found, resources, meters, beans, filters);
		requireRightValues(found, filters);
		this.refresh = new SettingRefresh(this.configured, this.assembler, environment, beans);
		this.operators = new OperatorSettings(environment, this::propose, OperatorSettings::later);
	}

	/** Those of all clients at once, and of those that nobody needs yet, too. */
	private void requireRightValues(ClientProblems problems, FilterBeans filters) {
		Mistakes mistakes = new Mistakes(problems);
		ClientAssembler assembling = this.assembler.now();
		names().stream().filter(this.configured::contains).forEach((client) -> assembling.check(client, mistakes));
		SortedSet<String> known = names();
		known.addAll(this.configured.names());
		filters.check(known, mistakes);
		mistakes.throwAny();
	}

	/**
	 * The client that an interface of the application names.
	 * @param name the client's name
	 * @return its handle, not to be closed by the caller
	 * @throws IllegalArgumentException if no interface names it;
	 * {@link #client(String, Class)} takes one
	 */
	public ClientHandle<?> client(String name) {
		ClientHandle<?> made = this.clients.get(name);
		if (made != null) {
			return made;
		}
		ClientDeclaration<?> broadest = broadest(name);
		if (broadest == null) {
			throw new IllegalArgumentException(
					"client: " + name + " (expected: one an interface names: " + names() + ")");
		}
		return make(broadest);
	}

	/**
	 * A proxy of an interface that need not be a bean, over the connections of a client.
	 * @param name the client's name, as in {@code scales.clients.<name>}
	 * @param type the interface
	 * @param <T> the interface
	 * @return a new proxy
	 * @throws RuntimeException if the client is not configured, or the interface does not
	 * fit the service
	 */
	public <T> T client(String name, Class<T> type) {
		return proxy(new ClientDeclaration<>(name, type, null), null);
	}

	/**
	 * The names of all clients that interfaces of this context name or that were made.
	 * @return the names in order
	 */
	public SortedSet<String> names() {
		SortedSet<String> names = new TreeSet<>(this.clients.keySet());
		declarations().forEach((declaration) -> names.add(declaration.client()));
		return names;
	}

	/**
	 * Looks for a client without making it.
	 * @param name the client's name
	 * @return its handle, or {@code null} if nobody needed it yet or it cannot be made
	 */
	public @Nullable ClientHandle<?> made(String name) {
		return this.clients.get(name);
	}

	/**
	 * Why a client could not be made.
	 * @param name the client's name
	 * @return the reason, when somebody last asked for the client; {@code null} if nobody
	 * did or it was made
	 */
	public @Nullable String problem(String name) {
		return this.problems.get(name);
	}

	/**
	 * The settings of a client as configured, the defaults included.
	 * @param name the client's name
	 * @return its settings
	 */
	public ClientProperties settings(String name) {
		return this.configured.settings(name);
	}

	/**
	 * Takes over the configuration as it is now, without losing a call: timeouts,
	 * retries, hedging, breakers, throttling, the concurrency limit, chaos, the slow
	 * start, decay and aperture of balancers, and the log levels of clients take effect
	 * before this returns. What else has changed is told in the log. With Spring Cloud
	 * this happens by itself when the environment changes.
	 * @throws RuntimeException if a value is not right, with its text; nothing has
	 * changed
	 */
	public void refresh() {
		this.refresh.refresh(() -> List.copyOf(this.clients.values()), this::names);
	}

	/** Takes over what an operator wants, if it is right. */
	void propose(Supplier<Proposal> wanted) {
		this.refresh.refresh(() -> List.copyOf(this.clients.values()), this::names, wanted);
	}

	/**
	 * Sets one of the settings that {@link #refresh()} takes over, for a time, whatever
	 * the configuration says. Told in the log.
	 * @param client the client's name
	 * @param setting its name below the client, such as {@code retry.max-attempts}
	 * @param value as in a configuration
	 * @param limit for how long, at most 1 day; {@code null} for until
	 * {@link #endOverride}
	 * @param who who wants it
	 * @throws RuntimeException if there is no such client, the setting is not one of
	 * those, or the value is not right; nothing has changed
	 */
	public void override(String client, String setting, String value, @Nullable Duration limit, String who) {
		requireKnown(client);
		this.operators.set(client, setting, value, limit, who);
	}

	/**
	 * Gives a setting back to the configuration.
	 * @param client the client's name
	 * @param setting its name below the client
	 * @param who who wants it
	 * @throws IllegalArgumentException if nobody has set it by {@link #override}
	 */
	public void endOverride(String client, String setting, String who) {
		requireKnown(client);
		this.operators.end(client, setting, who);
	}

	private void requireKnown(String client) {
		if (!names().contains(client)) {
			throw new IllegalArgumentException("client: " + client + " (expected: one of " + names() + ")");
		}
	}

	/**
	 * Why {@link #refresh()} refused the settings the last time.
	 * @return the text; {@code null} if it did not
	 */
	public @Nullable String refusedSettings() {
		return this.refresh.refusal();
	}

	/**
	 * A client that need not be named by any interface.
	 * @param name the client's name, as in {@code scales.clients.<name>}
	 * @param type what it is made for if no interface names it
	 * @return its handle, not to be closed by the caller
	 * @throws RuntimeException if the client is not configured, or the interface does not
	 * fit its protocol
	 */
	public ClientHandle<?> handle(String name, Class<?> type) {
		return handle(new ClientDeclaration<>(name, type, null));
	}

	private ClientHandle<?> handle(ClientDeclaration<?> declaration) {
		ClientHandle<?> made = this.clients.get(declaration.client());
		if (made != null) {
			return made;
		}
		ClientDeclaration<?> broadest = broadest(declaration.client());
		return make((broadest != null) ? broadest : declaration);
	}

	<T> T proxy(ClientDeclaration<T> declaration, @Nullable FallbackSettings<T> fallback) {
		try {
			return proxy(handle(declaration), declaration, fallback);
		}
		catch (LinkageError ex) {
			throw this.assembler.problems().missing(declaration, ex);
		}
	}

	private <T> T proxy(ClientHandle<?> handle, ClientDeclaration<T> declaration,
			@Nullable FallbackSettings<T> fallback) {
		try {
			T other = kinds().create(handle, declaration, settings(declaration.client()), fallback);
			if (other != null) {
				return other;
			}
			ClientIntegration calls = ClientIntegration.of(handle);
			Class<?> service = (declaration.service() != null) ? declaration.service() : calls.service();
			return calls.proxy(declaration.type(), service, fallback);
		}
		catch (IllegalArgumentException ex) {
			throw this.assembler.problems().refused(declaration, handle.protocol(), ex);
		}
	}

	private ClientHandle<?> make(ClientDeclaration<?> declaration) {
		String name = declaration.client();
		requireOpen(name);
		try {
			long last = this.refresh.last();
			ClientHandle<?> made = (ClientHandle<?>) this.beans.getSingleton(HANDLE + name,
					() -> assemble(declaration));
			this.refresh.made(made, last);
			this.problems.remove(name);
			return made;
		}
		catch (RuntimeException ex) {
			this.problems.put(name, String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	private ClientHandle<?> assemble(ClientDeclaration<?> declaration) {
		String name = declaration.client();
		ClientHandle<?> handle = this.assembler.now().assemble(kinds().forCore(declaration, settings(name)));
		this.clients.put(name, handle);
		if (this.closed) {
			handle.close(Duration.ZERO);
		}
		return handle;
	}

	private void requireOpen(String name) {
		if (this.closed) {
			throw new IllegalStateException("client: " + name + " (expected: an open application)");
		}
	}

	/** The names of the beans whose threads clients run on. */
	List<String> resources() {
		return this.resources.get();
	}

	boolean hasClients() {
		return !this.clients.isEmpty() && !this.closed;
	}

	/** Waits for the clients that were made and ask for it. */
	void awaitReady() {
		Map<ClientHandle<?>, MinReady> waiting = new LinkedHashMap<>();
		this.clients.values().forEach((client) -> {
			MinReady wanted = MinReady.of(settings(client.name()));
			if (wanted.members() > 0) {
				waiting.put(client, wanted);
			}
		});
		if (!waiting.isEmpty()) {
			StartGate.await(waiting);
		}
	}

	/** Has the way of a call gone for the clients that were made and ask for it. */
	void warmUp() {
		for (ClientDeclaration<?> declaration : declarations()) {
			ClientHandle<?> client = this.clients.get(declaration.client());
			ClientProperties settings = settings(declaration.client());
			if (client != null && settings.warmUp()) {
				new WarmUp(this.assembler.resources()).exercise(declaration, client, settings);
			}
		}
	}

	/** Configured clients that nobody uses, neither here nor in a context above. */
	List<String> unused() {
		SortedSet<String> used = names();
		BeanFactory parent = this.beans.getParentBeanFactory();
		while (parent instanceof DefaultListableBeanFactory above) {
			ClientDeclaration.all(above).values().forEach((declaration) -> used.add(declaration.client()));
			parent = above.getParentBeanFactory();
		}
		return this.configured.without(used);
	}

	/** Remembers what the clients need as long as they are open. */
	void afterwards(Runnable action) {
		this.afterwards.add(action);
	}

	/** Closes every client within its own grace. */
	CompletionStage<Void> close() {
		this.closed = true;
		return CompletableFuture.allOf(this.clients.values()
			.stream()
			.map((handle) -> handle.close(grace(handle)).toCompletableFuture())
			.toArray(CompletableFuture[]::new));
	}

	/** Closes every client within its own grace, and waits for it. */
	void closeAndWait() throws InterruptedException {
		Duration longest = this.clients.values()
			.stream()
			.map(ScalesClientRegistry::grace)
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
		try {
			close().toCompletableFuture().get(longest.plus(LAST_WAIT).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Scales clients did not close", ex);
		}
		finally {
			this.afterwards.forEach(Runnable::run);
		}
	}

	private static Duration grace(ClientHandle<?> handle) {
		return handle.view().settings().closeGrace();
	}

	private InterfaceKinds kinds() {
		List<InterfaceSupport> kinds = this.beans.getBeanProvider(InterfaceSupport.class).orderedStream().toList();
		return new InterfaceKinds(kinds, this.configured, this.assembler.problems());
	}

	private @Nullable ClientDeclaration<?> broadest(String name) {
		return declarations().stream()
			.filter((declaration) -> declaration.client().equals(name))
			.max(Comparator.comparingInt(ClientDeclaration::breadth))
			.orElse(null);
	}

	private Collection<ClientDeclaration<?>> declarations() {
		return this.declarations.get();
	}

}
