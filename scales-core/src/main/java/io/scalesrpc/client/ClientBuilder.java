package io.scalesrpc.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.assembly.ProtocolChoice;
import io.scalesrpc.client.assembly.ServerSetChoice;
import io.scalesrpc.client.assembly.Timeouts;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.client.fallback.FallbackChoice;
import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.transport.TlsSettings;
import io.scalesrpc.transport.TransportLimits;

/**
 * The settings of a client that is to be. Every setter checks its value and throws
 * {@link IllegalArgumentException} with the text {@code name: value (expected: ...)}.
 * <em>Confined to the thread that builds.</em>
 *
 * @param <T> the interface of the client's proxy
 */
public final class ClientBuilder<T> {

	private final Class<T> type;

	private final ServerSetChoice members = new ServerSetChoice();

	private final ProtocolChoice protocol = new ProtocolChoice();

	private final Timeouts timeouts = new Timeouts();

	private final StackSettings stackSettings = new StackSettings();

	private final FallbackChoice<T> fallback = new FallbackChoice<>();

	private String name;

	ClientBuilder(Class<T> type) {
		Checks.require(type.isInterface(), "type", type.getName(), "an interface");
		this.type = type;
		String simpleName = type.getSimpleName();
		this.name = simpleName.substring(0, 1).toLowerCase(Locale.ROOT) + simpleName.substring(1);
	}

	/**
	 * Names the client in metrics, errors and the operator's view.
	 * @param newName not blank; by default the interface's simple name, first letter in
	 * lower case
	 * @return this
	 */
	public ClientBuilder<T> name(String newName) {
		this.name = Checks.text("name", newName);
		return this;
	}

	/**
	 * Says where the members are. This or {@link #serverSet} is needed.
	 * @param uri for example {@code tcp://h1:9090,h2:9090}; with {@code https://h1,h2}
	 * TLS is spoken
	 * @return this
	 */
	public ClientBuilder<T> uri(String uri) {
		this.members.uri(uri);
		return this;
	}

	/**
	 * Hands in the set of members.
	 * @param serverSet nobody watches it yet; it is closed with the client
	 * @return this
	 */
	public ClientBuilder<T> serverSet(ServerSet serverSet) {
		this.members.serverSet(serverSet);
		return this;
	}

	/**
	 * Adds a scheme of URIs to those that are found by {@link java.util.ServiceLoader}.
	 * @param provider makes the sets of its scheme
	 * @return this
	 */
	public ClientBuilder<T> serverSetProvider(ServerSetProvider provider) {
		this.members.provider(provider);
		return this;
	}

	/**
	 * Chooses a protocol by name, among those that are found by
	 * {@link java.util.ServiceLoader}. {@link #build()} refuses an unknown one.
	 * @param protocolName {@code thriftmux} by default
	 * @return this
	 */
	public ClientBuilder<T> protocol(String protocolName) {
		this.protocol.name(protocolName);
		return this;
	}

	/**
	 * Hands in the protocol.
	 * @param given the protocol
	 * @return this
	 */
	public ClientBuilder<T> protocol(Protocol given) {
		this.protocol.given(given);
		return this;
	}

	/**
	 * Chooses a protocol with its settings.
	 * @param settings for example {@code ThriftMuxSettings.DEFAULT.withClientId("shop")};
	 * what they set gives way to a later {@link #option}
	 * @return this
	 */
	public ClientBuilder<T> protocol(ProtocolSettings settings) {
		this.protocol.name(settings.protocol());
		settings.options().forEach(this.protocol::option);
		return this;
	}

	/**
	 * Names the service of an interface that does not extend a generated one.
	 * @param service the generated class, for example {@code com.acme.Calculator}, or its
	 * {@code Iface}
	 * @return this
	 */
	public ClientBuilder<T> service(Class<?> service) {
		this.protocol.service(service);
		return this;
	}

	/**
	 * Sets a setting of the protocol itself. {@link #build()} refuses what the protocol
	 * does not know.
	 * @param key for example {@code client-id}
	 * @param value its value
	 * @return this
	 */
	public ClientBuilder<T> option(String key, String value) {
		this.protocol.option(key, value);
		return this;
	}

	/**
	 * Sets a setting of the protocol itself if the protocol knows it, and nobody sets it
	 * by {@link #option}: for what many clients share.
	 * @param key for example {@code ping-interval}
	 * @param value its value
	 * @return this
	 */
	public ClientBuilder<T> defaultOption(String key, String value) {
		this.protocol.defaultOption(key, value);
		return this;
	}

	/**
	 * Bounds a call in all: opening, queueing, every attempt.
	 * @param timeout above 0, at most 1 day; 10 s by default
	 * @return this
	 */
	public ClientBuilder<T> timeout(Duration timeout) {
		this.timeouts.total(timeout);
		return this;
	}

	/**
	 * Bounds the calls of one method. {@link #build()} refuses an unknown one.
	 * @param method its name in Java or on the wire
	 * @param timeout above 0, at most 1 day
	 * @return this
	 */
	public ClientBuilder<T> methodTimeout(String method, Duration timeout) {
		this.timeouts.ofMethod(method, timeout);
		return this;
	}

	/**
	 * Sets what is special to one method. {@link #build()} refuses an unknown one.
	 * @param method its name in Java or on the wire; letters and digits count, where only
	 * one method can be meant
	 * @param change told the settings of the method
	 * @return this
	 * @throws IllegalArgumentException if a value is not right
	 */
	public ClientBuilder<T> method(String method, Consumer<MethodBuilder> change) {
		change.accept(new MethodBuilder(method, this));
		return this;
	}

	/**
	 * Bounds one attempt of a call.
	 * @param timeout above 0, at most the timeout of the call; as long as that by default
	 * @return this
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public ClientBuilder<T> attemptTimeout(Duration timeout) {
		return callOption(AttemptTimeout.KEY, new AttemptTimeout(timeout));
	}

	/**
	 * Says whether every method may be called twice with the effect of once. Only then is
	 * a call sent again that a server may have processed.
	 * @param idempotent {@code false} by default
	 * @return this
	 */
	public ClientBuilder<T> idempotent(boolean idempotent) {
		return callOption(Idempotence.KEY, idempotent);
	}

	/**
	 * Says when a call that failed is sent again; {@link #retryBudget} bounds how often
	 * in all.
	 * @param settings {@link RetrySettings#DEFAULT} by default; {@link RetrySettings#OFF}
	 * for never
	 * @return this
	 */
	public ClientBuilder<T> retry(RetrySettings settings) {
		return callOption(RetrySettings.KEY, settings);
	}

	/**
	 * Says when a second attempt is sent beside one that takes long, for the methods that
	 * are idempotent.
	 * @param settings {@link HedgingSettings#OFF} by default
	 * @return this
	 */
	public ClientBuilder<T> hedging(HedgingSettings settings) {
		return callOption(HedgingSettings.KEY, settings);
	}

	/**
	 * Gives the client a circuit breaker, for all methods that have none of their own.
	 * @param settings {@link CircuitBreakerSettings#OFF} by default
	 * @return this
	 */
	public ClientBuilder<T> circuitBreaker(CircuitBreakerSettings settings) {
		return callOption(CircuitBreakerSettings.KEY, settings);
	}

	/**
	 * Sets what a stage reads from the calls of all methods.
	 * @param key names the option, declared by the stage's settings
	 * @param value its value
	 * @param <V> the type of its values
	 * @return this
	 */
	public <V> ClientBuilder<T> callOption(CallOptions.Key<V> key, V value) {
		this.stackSettings.options().ofAll(key, value);
		this.stackSettings.given(key.toString());
		return this;
	}

	/**
	 * Sets what a stage reads from the calls of one method. {@link #build()} refuses an
	 * unknown one.
	 * @param method its name in Java or on the wire
	 * @param key names the option, declared by the stage's settings
	 * @param value its value
	 * @param <V> the type of its values
	 * @return this
	 */
	public <V> ClientBuilder<T> methodOption(String method, CallOptions.Key<V> key, V value) {
		this.stackSettings.options().ofMethod(method, key, value);
		this.stackSettings.given(key.toString());
		return this;
	}

	/**
	 * Says what answers calls of the proxy that failed: methods that wait run its method
	 * on the caller's thread, futures and Monos where they complete.
	 * @param standIn called in place of the service; thread-safe
	 * @return this
	 */
	public ClientBuilder<T> fallback(T standIn) {
		return fallbackFactory((cause) -> standIn);
	}

	/**
	 * Says what answers calls of the proxy that failed, with the failure at hand. The
	 * later of this and {@link #fallback} counts.
	 * @param factory makes whose methods are called in place of the service's
	 * @return this
	 */
	public ClientBuilder<T> fallbackFactory(FallbackFactory<? extends T> factory) {
		this.fallback.factory(factory);
		return this;
	}

	/**
	 * Says which failures the fallback stands in for. {@link #build()} refuses it without
	 * a fallback.
	 * @param kinds {@link FallbackSettings#DEFAULT_ON} by default; neither CANCELLED nor
	 * DECLARED, for which nothing can stand in
	 * @return this
	 */
	public ClientBuilder<T> fallbackOn(FailureKind... kinds) {
		this.fallback.on(Set.of(kinds));
		return this;
	}

	/**
	 * Bounds the opening of a connection, the handshake included.
	 * @param timeout above 0, at most 1 day; 1 s by default
	 * @return this
	 */
	public ClientBuilder<T> connectTimeout(Duration timeout) {
		this.timeouts.connect(timeout);
		this.stackSettings.given("connect-timeout");
		return this;
	}

	/**
	 * Says how long {@link ClientHandle#close()} lets calls in flight go on.
	 * @param grace 0 to 1 day; 10 s by default
	 * @return this
	 */
	public ClientBuilder<T> closeGrace(Duration grace) {
		this.timeouts.closeGrace(grace);
		return this;
	}

	/**
	 * Chooses how members are chosen, with the defaults of its options.
	 * @param balancer {@link BalancerType#APERTURE} by default
	 * @return this
	 */
	public ClientBuilder<T> balancer(BalancerType balancer) {
		return balancer(BalancerSettings.of(balancer));
	}

	/**
	 * Chooses how members are chosen, with options of the type. The URI of its peers may
	 * have any scheme that that of the members may. {@link #build()} refuses an unknown
	 * one.
	 * @param settings for example {@code BalancerSettings.of(BalancerType.ROUND_ROBIN)}
	 * @return this
	 */
	public ClientBuilder<T> balancer(BalancerSettings settings) {
		this.stackSettings.balancer(settings);
		return this;
	}

	/**
	 * Says when connections are opened.
	 * @param mode {@link ConnectMode#LAZY} by default
	 * @return this
	 */
	public ClientBuilder<T> connect(ConnectMode mode) {
		this.stackSettings.connect(mode);
		return this;
	}

	/**
	 * Says when a member that fails is left alone, and for how long.
	 * @param settings {@link MemberBreakerSettings#DEFAULT} by default;
	 * {@link MemberBreakerSettings#OFF} for never
	 * @return this
	 */
	public ClientBuilder<T> memberBreaker(MemberBreakerSettings settings) {
		this.stackSettings.memberBreaker(settings);
		return this;
	}

	/**
	 * Adds someone who is told of the transitions of circuit breakers.
	 * @param listener told on a thread for callbacks
	 * @return this
	 */
	public ClientBuilder<T> circuitBreakerListener(CircuitBreakerListener listener) {
		this.stackSettings.circuitBreakerListener(listener);
		return this;
	}

	/**
	 * Says when calls are withheld from servers that refuse most of them.
	 * @param settings {@link ThrottlingSettings#DEFAULT} by default;
	 * {@link ThrottlingSettings#OFF} for never
	 * @return this
	 */
	public ClientBuilder<T> throttling(ThrottlingSettings settings) {
		this.stackSettings.throttling(settings);
		return this;
	}

	/**
	 * Bounds the retries of all calls together, and other additional attempts. When a
	 * call is retried at all is a matter of {@link #retry}.
	 * @param settings {@link RetryBudgetSettings#DEFAULT} by default
	 * @return this
	 */
	public ClientBuilder<T> retryBudget(RetryBudgetSettings settings) {
		this.stackSettings.retryBudget(settings);
		return this;
	}

	/**
	 * Bounds how many calls of the client may be in flight; one more ends at once as
	 * {@link FailureKind#NOT_SENT}.
	 * @param settings {@link ConcurrencyLimitSettings#NONE} by default
	 * @return this
	 */
	public ClientBuilder<T> concurrencyLimit(ConcurrencyLimitSettings settings) {
		this.stackSettings.concurrencyLimit(settings);
		return this;
	}

	/**
	 * Injects faults on purpose, for tests and game days; {@link MethodBuilder#chaos}
	 * does so for one method. The log warns of it when the client is made.
	 * @param settings what is done; {@link ChaosSettings#OFF} by default
	 * @return this
	 */
	public ClientBuilder<T> chaos(ChaosSettings settings) {
		return callOption(ChaosSettings.KEY, settings);
	}

	/**
	 * Bounds what a connection may hold.
	 * @param limits {@link TransportLimits#DEFAULT} by default
	 * @return this
	 */
	public ClientBuilder<T> limits(TransportLimits limits) {
		this.stackSettings.limits(limits);
		return this;
	}

	/**
	 * Speaks TLS with the members, whatever the protocol.
	 * @param settings whom to trust and what to show; by default TLS is spoken, with the
	 * authorities of the Java runtime, where the URI begins with {@code https://}, and
	 * nowhere else
	 * @return this
	 */
	public ClientBuilder<T> tls(TlsSettings settings) {
		this.stackSettings.tls(settings);
		return this;
	}

	/**
	 * Says how many connections a member has where a connection takes one call at a time.
	 * Protocols whose calls share a connection have no pool.
	 * @param settings {@link PoolSettings#DEFAULT} by default
	 * @return this
	 */
	public ClientBuilder<T> pool(PoolSettings settings) {
		this.stackSettings.pool(settings);
		return this;
	}

	/**
	 * Says how long connections are used: for addresses behind which servers come and go,
	 * where a connection stays with the one that it found. Another takes its place first,
	 * then it finishes what it has.
	 * @param age zero, the default, for as long as they live; otherwise 100 ms to 1 day,
	 * of which up to a tenth is taken by chance. For pools, unless their settings say an
	 * age
	 * @return this
	 */
	public ClientBuilder<T> maxConnectionAge(Duration age) {
		this.stackSettings.connections(this.stackSettings.connections().withMaxConnectionAge(age));
		return this;
	}

	/**
	 * Says how many connections a member has where calls share them, so that they reach
	 * several of the servers behind one address: they are opened once the first stands,
	 * and a call goes to the one with the fewest calls. {@link #build()} refuses more
	 * than one where a connection takes one call at a time, which {@link #pool} is for.
	 * @param connections 1, the default, to 64
	 * @return this
	 */
	public ClientBuilder<T> connectionsPerMember(int connections) {
		this.stackSettings.connections(this.stackSettings.connections().withConnectionsPerMember(connections));
		return this;
	}

	/**
	 * Says where futures and Monos complete.
	 * @param callbacks {@link Callbacks#EXECUTOR} by default
	 * @return this
	 */
	public ClientBuilder<T> callbacks(Callbacks callbacks) {
		this.stackSettings.callbacks(callbacks);
		return this;
	}

	/**
	 * Hands in the executor of {@link Callbacks#EXECUTOR}.
	 * @param executor not closed with the client; by default that of the resources. When
	 * it rejects a task, the threads of the resources do it
	 * @return this
	 */
	public ClientBuilder<T> callbackExecutor(Executor executor) {
		this.stackSettings.callbackExecutor(executor);
		return this;
	}

	/**
	 * Says where meters are kept.
	 * @param registry by default one that keeps nothing
	 * @return this
	 */
	public ClientBuilder<T> meterRegistry(MeterRegistry registry) {
		this.stackSettings.meterRegistry(registry);
		return this;
	}

	/**
	 * Says whether each member has meters of its own: {@code scales.client.member.*}.
	 * They go when it leaves.
	 * @param on {@code false} by default, since members may be many
	 * @return this
	 */
	public ClientBuilder<T> memberMeters(boolean on) {
		this.stackSettings.memberMeters(on);
		return this;
	}

	/**
	 * Says whether calls are timed as {@code rpc.client.call.duration}, too, the name of
	 * OpenTelemetry's semantic conventions.
	 * @param on {@code false} by default
	 * @return this
	 */
	public ClientBuilder<T> rpcMeters(boolean on) {
		this.stackSettings.rpcMeters(on);
		return this;
	}

	/**
	 * Says which calls have a line each in the log, by the logger
	 * {@code scales.client.<name>.access}.
	 * @param settings {@link AccessLogSettings#OFF} by default
	 * @return this
	 */
	public ClientBuilder<T> accessLog(AccessLogSettings settings) {
		this.stackSettings.accessLog(settings);
		return this;
	}

	/**
	 * Says who keeps a trace of calls.
	 * @param settings {@link ObservationSettings#OFF} by default
	 * @return this
	 */
	public ClientBuilder<T> observations(ObservationSettings settings) {
		this.stackSettings.observations(settings);
		return this;
	}

	/**
	 * Says whether code of the user that runs when a call has ended, or is sent again,
	 * finds what the caller's thread had: the MDC, the current observation, and whatever
	 * else Micrometer's context propagation knows, which must be on the class path.
	 * @param enabled {@code true} by default
	 * @return this
	 */
	public ClientBuilder<T> contextPropagation(boolean enabled) {
		this.stackSettings.contextPropagation(enabled);
		return this;
	}

	/**
	 * Adds a stage below the deadline and above retries, so that it sees every call once.
	 * Filters stand in the order in which they were added.
	 * @param filter the stage; a call it throws on ends as a bug
	 * @return this
	 */
	public ClientBuilder<T> filter(CallFilter filter) {
		this.stackSettings.filter(filter);
		return this;
	}

	/**
	 * Changes the stack, after everything else is in place.
	 * @param change told the stages of the client; called again when settings change the
	 * stages, while other changes wait: so it waits for nobody, and what it needs, such
	 * as beans, was there before
	 * @return this
	 */
	public ClientBuilder<T> stack(Consumer<StackBuilder> change) {
		this.stackSettings.stack(change);
		return this;
	}

	/**
	 * Shares threads with other clients.
	 * @param resources not closed with the client; by default the client has its own
	 * @return this
	 */
	public ClientBuilder<T> resources(ClientResources resources) {
		this.stackSettings.resources(resources);
		return this;
	}

	/**
	 * Makes the client. Never waits for the network: members are found and connections
	 * opened later.
	 * @return the client, to be closed by the caller
	 * @throws IllegalArgumentException if a setting is missing or unknown, or the
	 * interface does not fit the service; nothing is left behind then
	 */
	public ClientHandle<T> build() {
		return assembly().build(this.type, this.fallback.resolve());
	}

	ClientAssembly assembly() {
		return new ClientAssembly(this.name, this.members, this.protocol, this.timeouts, this.stackSettings);
	}

}
