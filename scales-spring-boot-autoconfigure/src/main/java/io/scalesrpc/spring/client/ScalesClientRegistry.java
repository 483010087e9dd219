package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.FallbackSettings;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.metrics.ClientMeters;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * The clients of the application by name, each made when it is first needed and shared by
 * every interface that names it. <em>Thread-safe</em>; the map is guarded by the lock.
 */
public final class ScalesClientRegistry implements DisposableBean {

	private static final Duration LAST_WAIT = Duration.ofSeconds(5);

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, ClientHandle<?>> clients = new LinkedHashMap<>();

	private final ListableBeanFactory beans;

	private final ConfiguredClients configured;

	private final ClientAssembler assembler;

	private boolean closed;

	ScalesClientRegistry(ScalesProperties properties, ClientResources resources, ClientMeters meters,
			Environment environment, ListableBeanFactory beans) {
		this.beans = beans;
		this.configured = new ConfiguredClients(properties);
		ClientProblems problems = new ClientProblems(new SettingLocator(environment));
		new ChaosAssembler(problems).requireAllowed(properties);
		this.assembler = new ClientAssembler(this.configured, problems, resources, meters, beans);
	}

	/**
	 * The client that an interface of the application names.
	 * @param name the client's name
	 * @return its handle, not to be closed by the caller
	 * @throws IllegalArgumentException if no interface names it;
	 * {@link #client(String, Class)} takes one
	 */
	public ClientHandle<?> client(String name) {
		return locked((made) -> {
			ClientHandle<?> existing = made.get(name);
			if (existing != null) {
				return existing;
			}
			ClientDeclaration<?> broadest = declarations().stream()
				.filter((declaration) -> declaration.client().equals(name))
				.max(Comparator.comparingInt(ClientDeclaration::breadth))
				.orElseThrow(() -> new IllegalArgumentException(
						"client: " + name + " (expected: one an interface names: " + names() + ")"));
			return make(broadest);
		});
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
	 * The names of all clients that interfaces name or that were made.
	 * @return the names in order
	 */
	public SortedSet<String> names() {
		return locked((made) -> {
			SortedSet<String> names = new TreeSet<>(made.keySet());
			declarations().forEach((declaration) -> names.add(declaration.client()));
			return names;
		});
	}

	/**
	 * The settings of a client as configured, the defaults included.
	 * @param name the client's name
	 * @return its settings
	 */
	public ClientProperties settings(String name) {
		return this.configured.settings(name);
	}

	<T> T proxy(ClientDeclaration<T> declaration, @Nullable FallbackSettings<T> fallback) {
		try {
			return locked((made) -> proxy(handle(declaration), declaration, fallback));
		}
		catch (LinkageError ex) {
			throw this.assembler.problems().missing(declaration, ex);
		}
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
		return locked((made) -> {
			ClientHandle<?> handle = isDeclared(declaration.client()) ? client(declaration.client())
					: made.get(declaration.client());
			return (handle != null) ? handle : make(declaration);
		});
	}

	/** Waits for the clients that were made and ask for it, not holding the lock. */
	void awaitReady() {
		Map<ClientHandle<?>, MinReady> waiting = new LinkedHashMap<>();
		locked((made) -> new ArrayList<>(made.values())).forEach((client) -> {
			MinReady wanted = MinReady.of(settings(client.name()));
			if (wanted.members() > 0) {
				waiting.put(client, wanted);
			}
		});
		StartGate.await(waiting);
	}

	/** Configured clients that nobody uses. */
	List<String> unused() {
		return this.configured.without(names());
	}

	/** Closes every client within its own grace. */
	CompletionStage<Void> close() {
		return close((handle) -> handle.view().settings().closeGrace());
	}

	/** The lifecycle has closed the clients by now, unless it ran out of time. */
	@Override
	public void destroy() throws InterruptedException {
		try {
			close((handle) -> Duration.ZERO).toCompletableFuture().get(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Scales clients did not close", ex);
		}
	}

	private CompletionStage<Void> close(Function<ClientHandle<?>, Duration> grace) {
		List<ClientHandle<?>> open = locked((made) -> {
			this.closed = true;
			return new ArrayList<>(made.values());
		});
		return CompletableFuture.allOf(open.stream()
			.map((handle) -> handle.close(grace.apply(handle)).toCompletableFuture())
			.toArray(CompletableFuture[]::new));
	}

	private <T> T proxy(ClientHandle<?> handle, ClientDeclaration<T> declaration,
			@Nullable FallbackSettings<T> fallback) {
		try {
			T other = kinds().create(handle, declaration, settings(declaration.client()), fallback);
			if (other != null) {
				return other;
			}
			Class<?> service = (declaration.service() != null) ? declaration.service() : handle.service();
			return handle.proxy(declaration.type(), service, fallback);
		}
		catch (IllegalArgumentException ex) {
			throw this.assembler.problems().refused(declaration, handle.protocol(), ex);
		}
	}

	private ClientHandle<?> make(ClientDeclaration<?> declaration) {
		if (this.closed) {
			throw new IllegalStateException("client: " + declaration.client() + " (expected: an open application)");
		}
		ClientHandle<?> handle = this.assembler.assemble(kinds().forCore(declaration, settings(declaration.client())));
		this.clients.put(declaration.client(), handle);
		return handle;
	}

	private InterfaceKinds kinds() {
		List<InterfaceSupport> kinds = this.beans.getBeanProvider(InterfaceSupport.class).orderedStream().toList();
		return new InterfaceKinds(kinds, this.assembler.problems().locator());
	}

	private boolean isDeclared(String name) {
		return declarations().stream().anyMatch((declaration) -> declaration.client().equals(name));
	}

	private List<ClientDeclaration<?>> declarations() {
		List<ClientDeclaration<?>> found = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(ScalesClientFactoryBean.class, true, false)) {
			found.add(this.beans.getBean(name, ScalesClientFactoryBean.class).declaration());
		}
		return found;
	}

	private <R> R locked(Function<Map<String, ClientHandle<?>>, R> action) {
		this.lock.lock();
		try {
			return action.apply(this.clients);
		}
		finally {
			this.lock.unlock();
		}
	}

}
