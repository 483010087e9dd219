package io.scalesrpc.client;

import java.util.EnumSet;
import java.util.Set;

import io.micrometer.core.instrument.Tags;
import io.scalesrpc.admission.ConcurrencyLimitFilter;
import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingFilter;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.dispatch.Balancer;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.breaker.MemberBreakers;
import io.scalesrpc.cache.CacheFilter;
import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.cache.CacheTools;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Sink;
import io.scalesrpc.chaos.ChaosFilter;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.Surroundings;
import io.scalesrpc.client.assembly.BalancedDestination;
import io.scalesrpc.client.assembly.ServerSets;
import io.scalesrpc.client.operations.AccessLog;
import io.scalesrpc.client.operations.RequestMetrics;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.hedging.HedgingFilter;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.observation.AttemptObservations;
import io.scalesrpc.observation.CallObservations;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.pool.ConnectionSettings;
import io.scalesrpc.pool.PoolTerms;
import io.scalesrpc.pool.PooledConnectionFactory;
import io.scalesrpc.pool.SharedPoolFactory;
import io.scalesrpc.pool.SharedTerms;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.retry.RetryFilter;
import io.scalesrpc.timeout.DeadlineFilter;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.channel.CountingConnectionFactory;
import io.scalesrpc.transport.reconnect.ReconnectPace;
import io.scalesrpc.transport.reconnect.ReconnectTerms;
import io.scalesrpc.transport.reconnect.Resurrector;
import org.jspecify.annotations.Nullable;

/**
 * The order of the stages: the one place that decides it. <em>Immutable</em>.
 *
 * @param resources threads, time and chance
 * @param metrics where stages count
 * @param stackSettings the settings of the user
 * @param absent the names of the settings that have no effect with the protocol: their
 * stages are left out
 */
record ClientStack(ClientResources resources, ClientMetrics metrics, StackSettings stackSettings, Set<String> absent) {

	/** What may happen to calls of any client. */
	static final Set<Event> USUAL = EnumSet.of(Event.ATTEMPT, Event.RETRIED_NOT_SENT, Event.RETRIED_CONNECTION_LOST,
			Event.RETRIED_TIMEOUT, Event.RETRIED_REMOTE, Event.BUDGET_EXHAUSTED, Event.RETRY_TOO_LATE,
			Event.UNREACHABLE, Event.CONNECTION_OPENED, Event.CONNECTION_FAILED, Event.CONNECTION_CLOSED,
			Event.BYTES_SENT, Event.BYTES_RECEIVED, Event.DISCARDED, Event.LATE_REPLY, Event.EJECTED);

	/** Above the balancer: once a client. */
	Sink above(Destination destination, CircuitBreakers breakers, RequestMetrics requests, LiveParts kept) {
		StackBuilder stack = new StackBuilder();
		ObservationSettings observations = this.stackSettings.observations();
		if (observations.isOn()) {
			// Above everything: what it takes is a part of no stage's time.
			stack.add(Role.OBSERVATION, new CallObservations(observations, this.metrics.client(),
					this.metrics.protocol(), this.resources.ticker()));
		}
		// Above all that can end a call, so that it measures what the caller sees.
		stack.add(Role.METRICS, requests);
		if (this.stackSettings.accessLog().isOn()) {
			stack.add(Role.ACCESS_LOG, new AccessLog(this.metrics.client(), this.stackSettings.accessLog(),
					this.resources.ticker(), this.resources.random()));
		}
		// Above the deadline, so that an old result can stand in for a timeout; below the
		// metrics, so that they see the answers it gives.
		if (this.stackSettings.options().any((options) -> options.has(CacheSettings.KEY))) {
			stack.add(Role.CACHE, kept.stages()
				.of(Role.CACHE, "", () -> new CacheFilter(this.metrics.client(), cacheTools(), this.metrics)));
		}
		else {
			kept.stages().forget(Role.CACHE);
		}
		// Above all that can take time, the user's stages included.
		stack.add(Role.DEADLINE, new DeadlineFilter(this.resources.timer(), this.resources.ticker(), kept.running()));
		// Below what ends calls in time, so that it counts timeouts; above the user's
		// stages and all attempts, so that it sees a call once, with what became of it.
		if (!breakers.isEmpty()) {
			stack.add(Role.CIRCUIT_BREAKER, breakers.stage());
		}
		// Above all that a call that is refused need not pay for, attempts included: a
		// call counts once, however often it is sent.
		if (this.stackSettings.concurrencyLimit().isOn()) {
			ConcurrencyLimitSettings limit = this.stackSettings.concurrencyLimit();
			stack.add(Role.CONCURRENCY_LIMIT,
					kept.stages()
						.of(Role.CONCURRENCY_LIMIT, limit, () -> new ConcurrencyLimitFilter(limit, this.metrics,
								this.resources.ticker(), this.resources.random(), kept.limited())));
		}
		else if (kept.stages().forget(Role.CONCURRENCY_LIMIT)) {
			this.metrics.hide(MeterNames.CONCURRENCY_IN_FLIGHT, Tags.empty());
			this.metrics.hide(MeterNames.CONCURRENCY_LIMIT, Tags.empty());
		}
		// Above the attempts, so that they see a call once.
		addUsersFilters(stack);
		if (!this.absent.contains("retry")) {
			addAttempts(stack, kept);
		}
		addBelowAttempts(stack, kept);
		this.stackSettings.stack().accept(stack);
		return stack.over(destination);
	}

	private void addAttempts(StackBuilder stack, LiveParts kept) {
		RetryBudget retries = kept.budget(this.stackSettings.retryBudget(), this::retryBudget);
		if (this.stackSettings.options().any((options) -> options.get(HedgingSettings.KEY).enabled())) {
			// Below the user's filters, so that they see a call once; above retries,
			// which have the attempts that fail.
			stack.add(Role.HEDGING,
					kept.stages()
						.of(Role.HEDGING, retries, () -> new HedgingFilter(this.resources.ticker(),
								this.resources.timer(), retries, this.metrics)));
		}
		else if (kept.stages().forget(Role.HEDGING)) {
			this.metrics.hide(MeterNames.HEDGING_DELAY, Tags.empty());
		}
		// Above the balancer, so that each attempt goes to another member.
		stack.add(Role.RETRY, new RetryFilter(retries, this.metrics, this.resources.timer(), this.resources.ticker(),
				this.resources.random()));
		ObservationSettings observations = this.stackSettings.observations();
		if (observations.isOn() && observations.attempts()) {
			// Below what makes attempts, above all that can end one.
			stack.add(Role.ATTEMPT_OBSERVATION, new AttemptObservations(observations.registry(), this.metrics.client(),
					this.metrics.protocol(), this.resources.ticker()));
		}
	}

	CircuitBreakers circuitBreakers(String client) {
		return new CircuitBreakers(this.stackSettings.options().ofAll(), this.stackSettings.options().ofMethods(),
				new Surroundings(client, this.metrics, this.resources.ticker(),
						this.stackSettings.circuitBreakerListeners(), this.resources.callbacks()));
	}

	/** From the balancer down: the rest once a member. */
	BalancedDestination balanced(ServerSet set, ConnectionFactory connections, ServerSets.@Nullable PeerSet peers) {
		ReconnectPace pace = new ReconnectPace(this.resources.ticker(), this.resources.random());
		ReconnectTerms reconnecting = new ReconnectTerms(Resurrector.backoff(this.resources.random()),
				this.resources.timer(), this.resources.ticker(), this.resources.loops(), pace);
		MemberBreakers breakers = new MemberBreakers(this.stackSettings.memberBreaker(), this.metrics,
				this.resources.ticker(), this.resources.random());
		ConnectionFactory perMember = perMember(
				new CountingConnectionFactory(connections, this.metrics, this.resources.ticker()));
		// Right below the balancer, which sees by its state who fails; above what opens
		// connections, so that it judges those that are open and no others.
		Balancer balancer = new Balancer(set, this.stackSettings.balancer(),
				(member) -> breakers.around(member.address(), new Resurrector(member, perMember, reconnecting)),
				this.metrics, new TimeAndChance(this.resources.ticker(), this.resources.timer(),
						this.resources.random(), this.resources.loops()));
		pace.heed(balancer::suffices);
		return new BalancedDestination(balancer, breakers, peers);
	}

	static boolean hasChaos(CallOptions options) {
		return options.get(ChaosSettings.KEY).isOn();
	}

	private void addBelowAttempts(StackBuilder stack, LiveParts kept) {
		if (this.stackSettings.throttling().enabled() && !this.absent.contains("throttling")) {
			// Below the attempts, since servers refuse attempts; what is withheld here is
			// not sent again. Above the balancer, since it is all members that are too
			// busy: a single one is the matter of its breaker.
			ThrottlingSettings throttling = this.stackSettings.throttling();
			stack.add(Role.THROTTLING,
					kept.stages()
						.of(Role.THROTTLING, throttling, () -> new ThrottlingFilter(throttling, this.metrics,
								this.resources.ticker(), this.resources.random())));
		}
		else if (kept.stages().forget(Role.THROTTLING)) {
			this.metrics.hide(MeterNames.THROTTLING_SHARE, Tags.empty());
		}
		if (this.stackSettings.options().any(ClientStack::hasChaos)) {
			// Below all that copes with faults, so that it sees those that are injected.
			stack.add(Role.CHAOS, new ChaosFilter(this.metrics, this.resources.timer(), this.resources.random()));
		}
	}

	/**
	 * Below the resurrector, which so has one thing to keep for each member: a connection
	 * or several that calls share, or a pool of those that take one call at a time.
	 */
	private ConnectionFactory perMember(ConnectionFactory connections) {
		ConnectionSettings settings = this.stackSettings.connections();
		if (connections.isSerial()) {
			Checks.require(settings.connectionsPerMember() == 1, "connections-per-member",
					settings.connectionsPerMember(),
					"1 where a connection takes one call at a time: pool.high says how many a member has");
			PoolTerms terms = new PoolTerms(this.stackSettings.pool(), this.resources.ticker(), this.resources.timer(),
					this.resources.random(), this.resources.loops());
			return new PooledConnectionFactory(connections, terms, this.metrics);
		}
		if (settings.isDefault()) {
			return connections;
		}
		return new SharedPoolFactory(connections, new SharedTerms(settings, this.resources.ticker(),
				this.resources.timer(), this.resources.random(), this.resources.loops()));
	}

	private void addUsersFilters(StackBuilder stack) {
		int number = 1;
		for (CallFilter filter : this.stackSettings.filters()) {
			stack.add(new Role("filter-" + number++), filter);
		}
	}

	private CacheTools cacheTools() {
		return new CacheTools(this.resources.timer(), this.resources.ticker(), this.resources.clock(),
				this.resources.random(), this.resources.cacheThreads());
	}

	/** One a client: whatever makes additional attempts pays from it. */
	private RetryBudget retryBudget() {
		RetryBudget budget = this.stackSettings.retryBudget().newBudget(this.resources.ticker());
		this.metrics.gauge(MeterNames.RETRY_BUDGET, budget, RetryBudget::balance);
		return budget;
	}

}
