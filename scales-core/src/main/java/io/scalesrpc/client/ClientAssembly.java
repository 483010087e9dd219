package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.client.assembly.CurrentStack;
import io.scalesrpc.client.assembly.MethodNames;
import io.scalesrpc.client.assembly.ProtocolChoice;
import io.scalesrpc.client.assembly.ServerSetChoice;
import io.scalesrpc.client.assembly.ServerSets;
import io.scalesrpc.client.assembly.SuspendFunctions;
import io.scalesrpc.client.assembly.Timeouts;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.client.delivery.Delivery;
import io.scalesrpc.client.delivery.ExecutorDelivery;
import io.scalesrpc.client.delivery.InPlaceDelivery;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.client.operations.DestinationGauges;
import io.scalesrpc.client.operations.MinuteRecorder;
import io.scalesrpc.client.operations.RequestMetrics;
import io.scalesrpc.client.operations.SourceGauges;
import io.scalesrpc.client.operations.SourceLog;
import io.scalesrpc.client.proxy.CallStarter;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.timeout.InFlight;
import io.scalesrpc.timeout.RunningCalls;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes a client of its settings. <em>Confined to the thread that builds.</em>
 *
 * @param name the client's name
 * @param members where members come from
 * @param protocol what is spoken
 * @param timeouts how long things may take
 * @param stackSettings what the client is made of
 */
record ClientAssembly(String name, ServerSetChoice members, ProtocolChoice protocol, Timeouts timeouts,
		StackSettings stackSettings) {

	private static final Logger logger = LoggerFactory.getLogger(ClientAssembly.class);

	<T> ClientHandle<T> build(Class<T> type, @Nullable FallbackSettings<T> fallback) {
		// What can be wrong without anything having been made comes first.
		Protocol spoken = this.protocol.resolve();
		Map<Method, ? extends MethodSpec> methods = MissingLibrary.toldBy(type, () -> {
			SuspendFunctions.requireCallable(type);
			return spoken.bind(type, this.protocol.service());
		});
		// After it: a library that is missing comes before settings that it makes
		// useless.
		requireApplicable(spoken);
		Known known = new Known(methods, MethodNames.of(methods, spoken.methods(type, this.protocol.service())));
		requireKnown(known.names());
		boolean encrypted = tls(spoken) != null;
		ServerSets serverSets = this.members.resolve(this.stackSettings.balancer(), spoken, encrypted);
		ClientResources shared = this.stackSettings.resources();
		ClientResources resources = (shared != null) ? shared : ClientResources.create();
		ClientMetrics metrics = new ClientMetrics(this.stackSettings.meterRegistry(), this.name, spoken.name(),
				this.stackSettings.meterOptions());
		try {
			FirstProxy<T> proxy = (proxyFactory) -> proxyFactory.create(type, methods, fallback);
			return build(type, spoken, proxy,
					new ClientStack(resources, metrics, this.stackSettings, spoken.inapplicable().keySet()), serverSets,
					known);
		}
		catch (RuntimeException | Error ex) {
			serverSets.close();
			metrics.close();
			if (shared == null) {
				resources.close(Duration.ZERO);
			}
			throw ex;
		}
	}

	private <T> ClientHandle<T> build(Class<T> type, Protocol spoken, FirstProxy<T> first, ClientStack stack,
			ServerSets serverSets, Known known) {
		ServerSet set = serverSets.members();
		StackBalancers balancers = new StackBalancers(stack, serverSets.peers());
		Destination destination = spoken.destination(environment(spoken, stack.resources(), stack.metrics()), set,
				balancers);
		RunningCalls running = new RunningCalls(stack.resources().timer(), stack.resources().ticker(),
				() -> unreachable(destination));
		InFlight inFlight = new InFlight(running);
		CircuitBreakers breakers = stack.circuitBreakers(this.name);
		MinuteRecorder recorder = new MinuteRecorder(stack.resources().ticker());
		stack.metrics().watch(recorder::happened);
		LiveParts kept = new LiveParts(running);
		RequestMetrics requests = new RequestMetrics(stack.metrics(), recorder, stack.resources().ticker(),
				new SourceLog(set, this.name, stack.resources().ticker()));
		CurrentStack stages = new CurrentStack(stack.above(destination, breakers, requests, kept));
		// Above everything and no part of what users may change: closing relies on it.
		Sink top = inFlight.over(stages);
		CallStarter starter = new CallStarter(this.name, top, stack.resources().ticker(), this.stackSettings.scopes());
		LiveSettings settings = new LiveSettings(settings(spoken, balancers.pooled()), breakers);
		ProxyFactory proxyFactory = new ProxyFactory(spoken, settings, starter, delivery(stack.resources()),
				stack.metrics());
		T proxy = first.of(proxyFactory);
		ClientShutdown clientShutdown = new ClientShutdown(inFlight, top, stack.metrics(), stack.resources(),
				this.stackSettings.resources() == null);
		ClientState state = new ClientState(this.members.text(), tls(spoken) != null, set, inFlight, destination,
				breakers, recorder, kept);
		SettingChanges changes = new SettingChanges(this, spoken, known, settings, balancers.made(), breakers,
				(changed) -> stages.become(new ClientStack(stack.resources(), stack.metrics(), changed, stack.absent())
					.above(destination, breakers, requests, kept)));
		stack.metrics().prepare(ClientStack.USUAL);
		SourceGauges.register(set, stack.metrics());
		DestinationGauges.register(destination, stack.metrics());
		warnOfChaos();
		warnOfUnverifiedNames(tls(spoken));
		tellOfStart(spoken, stack.resources().ticker());
		destination.start();
		if (this.stackSettings.connect() == ConnectMode.EAGER) {
			destination.open(() -> {
			});
		}
		Class<?> service = this.protocol.service();
		return new ClientHandle<>(proxy, proxyFactory, (service != null) ? service : type, state, changes,
				clientShutdown);
	}

	/** Calls may wait for a connection for longer than they have time. */
	private static String unreachable(Destination destination) {
		return (destination.state() == SinkState.OPEN) ? "" : destination.problemOfMember();
	}

	/** Unless a method says otherwise. */
	private void tellOfStart(Protocol spoken, Ticker ticker) {
		StringBuilder text = new StringBuilder("client of ").append(this.members.text())
			.append(" by ")
			.append(spoken.name())
			.append(", timeout ")
			.append(this.timeouts.total().toMillis())
			.append(" ms");
		if (!spoken.inapplicable().containsKey("balancer")) {
			String type = this.stackSettings.balancer().type().name();
			text.append(", balancer ").append(type.toLowerCase(Locale.ROOT).replace('_', '-'));
		}
		if (!spoken.inapplicable().containsKey("retry")) {
			RetrySettings retry = this.stackSettings.options().ofAll().get(RetrySettings.KEY);
			text.append(retry.enabled() ? ", attempts up to " + retry.maxAttempts() : ", no retries");
		}
		new ClientLog(this.name, ticker).tell(Level.INFO, text.toString());
	}

	void warnOfChaos() {
		if (this.stackSettings.options().any(ClientStack::hasChaos)) {
			logger.warn("[{}] chaos is on: calls are held back, made to fail or refused on purpose", this.name);
		}
	}

	private @Nullable TlsSettings tls(Protocol spoken) {
		return this.members.tls(this.stackSettings.tls(), spoken);
	}

	private void warnOfUnverifiedNames(@Nullable TlsSettings tls) {
		if (tls != null && !tls.verifyHostname()) {
			logger
				.warn("[{}] TLS does not verify the names of servers: anybody with a certificate of a trusted authority"
						+ " can pose as one, read and change calls", this.name);
		}
	}

	private void requireApplicable(Protocol spoken) {
		spoken.inapplicable()
			.forEach((setting, reason) -> Checks.require(!this.stackSettings.given().contains(setting), setting, "set",
					"none with protocol " + spoken.name() + ": " + reason));
		String unread = spoken.unheeded(this.protocol.options(spoken)).get(Protocol.ROUTING_KEY);
		Checks.require(unread == null || this.stackSettings.balancer().type() != BalancerType.HASH, "balancer.type",
				"hash", "another one with protocol " + spoken.name() + ": " + unread);
	}

	/** Names of methods are made those of the interface or the service. */
	private void requireKnown(MethodNames names) {
		this.timeouts.resolve((method) -> names.resolve("methodTimeout", method));
		this.stackSettings.options().resolve((method) -> names.resolve("methodOption", method));
		this.timeouts.addDeclared(names.specs());
		this.stackSettings.options().addDeclared(names.specs());
		this.timeouts.requireNoLongerAttempts(this.stackSettings.options());
		this.stackSettings.options().requireHedgeable();
		this.stackSettings.options().requireCacheable(names.specs());
	}

	private ProtocolEnvironment environment(Protocol spoken, ClientResources resources, ClientMetrics metrics) {
		Connector connector = new Connector(resources.eventLoops(), this.timeouts.connect(), tls(spoken));
		return new ProtocolEnvironment(this.name, connector, this.stackSettings.limits(), metrics, resources.timer(),
				resources.ticker(), resources.clock(), resources.random(), this.protocol.options(spoken));
	}

	/**
	 * The settings of the same client with those of another that may change while it
	 * lives.
	 * @throws IllegalArgumentException if one is not right
	 */
	ClientAssembly with(ClientAssembly changed, Protocol spoken, Known known) {
		changed.requireApplicable(spoken);
		changed.requireKnown(known.names());
		return new ClientAssembly(this.name, this.members, this.protocol, this.timeouts.with(changed.timeouts),
				this.stackSettings.with(changed.stackSettings));
	}

	ClientSettings settings(Protocol spoken, boolean pooled) {
		Map<String, String> ofProtocol = new HashMap<>(this.protocol.options(spoken));
		ofProtocol.putAll(spoken.settings());
		return new ClientSettings(this.timeouts.total(), this.timeouts.connect(), this.timeouts.closeGrace(),
				this.stackSettings.connect(), this.stackSettings.balancer(), this.stackSettings.memberBreaker(),
				this.stackSettings.throttling(), this.stackSettings.concurrencyLimit(),
				this.stackSettings.retryBudget(), (pooled) ? this.stackSettings.pool() : null,
				this.stackSettings.connections(), this.stackSettings.limits(), tls(spoken),
				this.stackSettings.callbacks(), this.stackSettings.accessLog(), this.timeouts.ofMethods(),
				this.stackSettings.options().ofAll(), this.stackSettings.options().ofMethods(), ofProtocol);
	}

	private Delivery delivery(ClientResources resources) {
		if (this.stackSettings.callbacks() == Callbacks.EVENT_LOOP) {
			return new InPlaceDelivery(this.name, resources.ticker(), resources.loops());
		}
		Executor executor = this.stackSettings.callbackExecutor();
		return new ExecutorDelivery((executor != null) ? executor : resources.callbacks(), resources.callbacks(),
				resources.timer());
	}

	/**
	 * The methods settings may name. <em>Immutable</em>.
	 *
	 * @param bound those of the interface the client was made for
	 * @param names their names and those of the service
	 */
	record Known(Map<Method, ? extends MethodSpec> bound, MethodNames names) {
	}

	/**
	 * Makes the first proxy of the client. <em>Immutable</em>.
	 *
	 * @param <T> its interface
	 */
	@FunctionalInterface
	private interface FirstProxy<T> {

		T of(ProxyFactory proxyFactory);

	}

}
