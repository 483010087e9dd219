package io.scalesrpc.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.client.assembly.MethodOptions;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.metrics.MeterOptions;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.pool.ConnectionSettings;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.propagation.ThreadContexts;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.transport.TlsSettings;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say what a client is made of. <em>Confined to the thread that
 * builds.</em>
 */
final class StackSettings {

	private final List<CallFilter> filters = new ArrayList<>();

	private final List<CircuitBreakerListener> circuitBreakerListeners = new ArrayList<>();

	/** The names of the settings that somebody has set. */
	private final Set<String> given = new HashSet<>();

	private final MethodOptions options = new MethodOptions();

	private Consumer<StackBuilder> stack = (builder) -> {
	};

	private BalancerSettings balancer = BalancerSettings.of(BalancerType.APERTURE);

	private ConnectMode connect = ConnectMode.LAZY;

	private MemberBreakerSettings memberBreaker = MemberBreakerSettings.DEFAULT;

	private ThrottlingSettings throttling = ThrottlingSettings.DEFAULT;

	private ConcurrencyLimitSettings concurrencyLimit = ConcurrencyLimitSettings.NONE;

	private RetryBudgetSettings retryBudget = RetryBudgetSettings.DEFAULT;

	private TransportLimits limits = TransportLimits.DEFAULT;

	private PoolSettings pool = PoolSettings.DEFAULT;

	private ConnectionSettings connections = ConnectionSettings.DEFAULT;

	private Callbacks callbacks = Callbacks.EXECUTOR;

	private @Nullable Executor callbackExecutor;

	private MeterRegistry meterRegistry = new CompositeMeterRegistry();

	private ObservationSettings observations = ObservationSettings.OFF;

	private MeterOptions meterOptions = MeterOptions.DEFAULT;

	private AccessLogSettings accessLog = AccessLogSettings.OFF;

	private boolean contextPropagation = true;

	private @Nullable ClientResources resources;

	private @Nullable TlsSettings tls;

	/**
	 * The same client with those of another's settings that may change while it lives.
	 * @param changed says them
	 */
	StackSettings with(StackSettings changed) {
		StackSettings both = new StackSettings();
		both.filters.addAll(this.filters);
		both.circuitBreakerListeners.addAll(this.circuitBreakerListeners);
		both.stack = this.stack;
		both.connect = this.connect;
		both.limits = this.limits;
		both.pool = this.pool;
		both.connections = this.connections;
		both.callbacks = this.callbacks;
		both.callbackExecutor = this.callbackExecutor;
		both.meterRegistry = this.meterRegistry;
		both.meterOptions = this.meterOptions;
		both.accessLog = this.accessLog;
		both.observations = this.observations;
		both.contextPropagation = this.contextPropagation;
		both.resources = this.resources;
		both.tls = this.tls;
		both.options.addAll(changed.options);
		both.memberBreaker = changed.memberBreaker;
		both.throttling = changed.throttling;
		both.concurrencyLimit = changed.concurrencyLimit;
		both.retryBudget = changed.retryBudget;
		both.balancer = this.balancer.withSlowStart(changed.balancer.slowStart())
			.withDecay(changed.balancer.decay())
			.withAperture(changed.balancer.aperture())
			.withHashBound(changed.balancer.hashBound())
			.withZone(this.balancer.zone().withMaxLoad(changed.balancer.zone().maxLoad()));
		return both;
	}

	/** Notes that a setting was set that is kept elsewhere. */
	void given(String setting) {
		this.given.add(setting);
	}

	Set<String> given() {
		return this.given;
	}

	void filter(CallFilter filter) {
		this.filters.add(filter);
	}

	List<CallFilter> filters() {
		return this.filters;
	}

	void circuitBreakerListener(CircuitBreakerListener listener) {
		this.circuitBreakerListeners.add(listener);
	}

	List<CircuitBreakerListener> circuitBreakerListeners() {
		return this.circuitBreakerListeners;
	}

	MethodOptions options() {
		return this.options;
	}

	void stack(Consumer<StackBuilder> change) {
		this.stack = this.stack.andThen(change);
	}

	Consumer<StackBuilder> stack() {
		return this.stack;
	}

	void balancer(BalancerSettings newBalancer) {
		this.given.add("balancer");
		this.balancer = newBalancer;
	}

	BalancerSettings balancer() {
		return this.balancer;
	}

	void connect(ConnectMode newConnect) {
		this.given.add("connect");
		this.connect = newConnect;
	}

	ConnectMode connect() {
		return this.connect;
	}

	void memberBreaker(MemberBreakerSettings newMemberBreaker) {
		this.given.add("member-breaker");
		this.memberBreaker = newMemberBreaker;
	}

	MemberBreakerSettings memberBreaker() {
		return this.memberBreaker;
	}

	void throttling(ThrottlingSettings newThrottling) {
		this.given.add("throttling");
		this.throttling = newThrottling;
	}

	ThrottlingSettings throttling() {
		return this.throttling;
	}

	void concurrencyLimit(ConcurrencyLimitSettings newConcurrencyLimit) {
		this.given.add("concurrency-limit");
		this.concurrencyLimit = newConcurrencyLimit;
	}

	ConcurrencyLimitSettings concurrencyLimit() {
		return this.concurrencyLimit;
	}

	void retryBudget(RetryBudgetSettings newRetryBudget) {
		this.given.add("retry");
		this.retryBudget = newRetryBudget;
	}

	RetryBudgetSettings retryBudget() {
		return this.retryBudget;
	}

	void limits(TransportLimits newLimits) {
		this.given.add("limits");
		this.limits = newLimits;
	}

	TransportLimits limits() {
		return this.limits;
	}

	void tls(TlsSettings newTls) {
		this.given.add("ssl");
		this.tls = newTls;
	}

	@Nullable TlsSettings tls() {
		return this.tls;
	}

	void pool(PoolSettings newPool) {
		this.given.add("pool");
		this.pool = newPool;
	}

	/** With the age of all connections, if it says none. */
	PoolSettings pool() {
		return this.connections.over(this.pool);
	}

	void connections(ConnectionSettings newConnections) {
		if (!newConnections.maxConnectionAge().isZero()) {
			this.given.add("max-connection-age");
		}
		if (newConnections.connectionsPerMember() > 1) {
			this.given.add("connections-per-member");
		}
		this.connections = newConnections;
	}

	ConnectionSettings connections() {
		return this.connections;
	}

	void callbacks(Callbacks newCallbacks) {
		this.callbacks = newCallbacks;
	}

	Callbacks callbacks() {
		return this.callbacks;
	}

	void callbackExecutor(Executor executor) {
		this.callbackExecutor = executor;
	}

	@Nullable Executor callbackExecutor() {
		return this.callbackExecutor;
	}

	void meterRegistry(MeterRegistry registry) {
		this.meterRegistry = registry;
	}

	MeterRegistry meterRegistry() {
		return this.meterRegistry;
	}

	void memberMeters(boolean newMembers) {
		if (newMembers) {
			this.given.add("member-meters");
		}
		this.meterOptions = new MeterOptions(newMembers, this.meterOptions.rpc());
	}

	void rpcMeters(boolean newRpc) {
		this.meterOptions = new MeterOptions(this.meterOptions.members(), newRpc);
	}

	MeterOptions meterOptions() {
		return this.meterOptions;
	}

	void accessLog(AccessLogSettings newAccessLog) {
		this.accessLog = newAccessLog;
	}

	AccessLogSettings accessLog() {
		return this.accessLog;
	}

	void observations(ObservationSettings newObservations) {
		this.observations = newObservations;
	}

	ObservationSettings observations() {
		return this.observations;
	}

	void contextPropagation(boolean newContextPropagation) {
		this.contextPropagation = newContextPropagation;
	}

	CallScope.Source scopes() {
		return this.contextPropagation ? ThreadContexts.source() : CallScope.Source.NONE;
	}

	void resources(ClientResources newResources) {
		this.resources = newResources;
	}

	@Nullable ClientResources resources() {
		return this.resources;
	}

}
