package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.transport.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * A client: its proxies, what it looks like, and the way to close it.
 * <em>Thread-safe</em>.
 *
 * @param <T> the interface of its first proxy
 */
public final class ClientHandle<T> implements AutoCloseable {

	private static final Duration MAX_GRACE = Duration.ofDays(1);

	private final T proxy;

	private final ProxyFactory proxies;

	private final Class<?> service;

	private final ClientState state;

	private final SettingChanges changes;

	private final ClientShutdown clientShutdown;

	ClientHandle(T proxy, ProxyFactory proxies, Class<?> service, ClientState state, SettingChanges changes,
			ClientShutdown clientShutdown) {
		this.proxy = proxy;
		this.proxies = proxies;
		this.service = service;
		this.state = state;
		this.changes = changes;
		this.clientShutdown = clientShutdown;
	}

	/**
	 * The client's name, as in metrics and errors.
	 * @return the name
	 */
	public String name() {
		return this.proxies.starter().client();
	}

	/**
	 * What is spoken.
	 * @return the protocol's name
	 */
	public String protocol() {
		return this.proxies.protocol().name();
	}

	/**
	 * The proxy of the interface the client was made for.
	 * @return always the same
	 */
	public T proxy() {
		return this.proxy;
	}

	/**
	 * Makes a proxy of another interface of the same service over the same connections.
	 * @param type the interface
	 * @param <A> the interface
	 * @return a new proxy
	 * @throws IllegalArgumentException if the interface does not fit the service
	 */
	public <A> A proxy(Class<A> type) {
		return this.proxies.create(type, this.service, null);
	}

	/**
	 * Makes a proxy of an interface of any service over the same connections.
	 * @param type the interface
	 * @param otherService the generated class of its service, or {@code null} if the
	 * interface says it itself
	 * @param <A> the interface
	 * @return a new proxy
	 * @throws IllegalArgumentException if the interface does not fit the service
	 */
	public <A> A proxy(Class<A> type, @Nullable Class<?> otherService) {
		return this.proxies.create(type, otherService, null);
	}

	/**
	 * Looks at the client. Reads what is there and asks nobody.
	 * @return how it is now
	 */
	public ClientView view() {
		return new ClientView(name(), protocol(), this.state.uri(), this.state.source(), this.state.state(),
				this.state.isClosed(), this.state.pending(), this.state.members(), this.state.destination().details(),
				this.state.breakers().views(), this.state.recorder().lastMinute(), this.state.retryBudget(),
				this.proxies.settings().now());
	}

	/**
	 * Changes settings while the client lives, without touching its members, connections
	 * and calls in flight, which go on by the settings they began with. Taken over are
	 * timeouts of calls and methods, call options such as retries, hedging, circuit
	 * breakers and chaos, the retry budget, member breakers, throttling, the concurrency
	 * limit, and of the balancer its slow start, decay and aperture; nothing else. What
	 * changes the stack of the client, {@link ClientBuilder#stack}, is told it anew.
	 * @param wanted the settings, all of them: what it does not say is as by default
	 * @return has them take effect; until it is run nothing has changed, and it does not
	 * fail
	 * @throws IllegalArgumentException if a setting is not right; nothing has changed
	 */
	public Runnable prepare(ClientBuilder<?> wanted) {
		return this.changes.prepare(wanted.assembly());
	}

	/**
	 * The members of the client, for operators who drain, eject and restore them.
	 * @return thread-safe
	 */
	public MemberControl members() {
		return new MemberControl(protocol(), this.state.destination(), this.changes.balancers());
	}

	/**
	 * The circuit breakers of the client, for operators who set their state.
	 * @return always the same; without any unless the settings say otherwise
	 */
	public CircuitBreakers circuitBreakers() {
		return this.state.breakers();
	}

	/**
	 * Connects to the members, if that was not done yet, and waits for them without
	 * holding a thread.
	 * @param members how many connected members are enough
	 * @param limit how long to wait
	 * @return completes, on any thread, with whether there were enough in time; never
	 * fails
	 */
	public CompletionStage<Boolean> ready(int members, Duration limit) {
		return this.state.destination().ready(members, limit);
	}

	/**
	 * Closes the client: new calls are refused as not sent, those in flight may finish
	 * within the grace, the rest end as cancelled, wherever they wait; then sockets,
	 * meters and, unless they are shared, threads are given back. May be called more than
	 * once; a shorter grace takes effect.
	 * @param grace how long calls in flight may take, at most a day; zero or less ends
	 * them now
	 * @return completes, on any thread, when everything is given back; never fails
	 */
	public CompletionStage<Void> close(Duration grace) {
		Duration atMost = (grace.compareTo(MAX_GRACE) > 0) ? MAX_GRACE : grace;
		return this.clientShutdown.close(atMost.isNegative() ? Duration.ZERO : atMost);
	}

	/**
	 * Closes the client with the grace it was built with, and waits for the end. It does
	 * not wait on an event loop or the timer, where callbacks may run: the closing needs
	 * those threads itself. An interrupt ends the waiting, not the closing.
	 */
	@Override
	public void close() {
		ClientSettings settings = this.proxies.settings().now();
		Duration grace = settings.closeGrace();
		Shutdown.await(name(), close(grace), grace.plus(settings.connectTimeout()));
	}

	ProxyFactory proxies() {
		return this.proxies;
	}

	Class<?> service() {
		return this.service;
	}

	ClientState state() {
		return this.state;
	}

	@Override
	public String toString() {
		return name() + " (" + protocol() + " to " + this.state.uri() + ")";
	}

}
