package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.client.assembly.SuspendFunctions;
import io.scalesrpc.client.delivery.Delivery;
import io.scalesrpc.client.fallback.Fallback;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.client.proxy.BoundMethod;
import io.scalesrpc.client.proxy.CallStarter;
import io.scalesrpc.client.proxy.ClientProxy;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.RoutingParameter;
import io.scalesrpc.protocol.UnfitInterfaceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Makes the proxies of one client. <em>Immutable</em>.
 *
 * @param protocol finds the remote methods
 * @param settings tell how calls are to be treated
 * @param starter where calls begin
 * @param delivery where futures complete
 * @param metrics where fallbacks are counted
 */
record ProxyFactory(Protocol protocol, LiveSettings settings, CallStarter starter, Delivery delivery,
		ClientMetrics metrics) {

	<A> A create(Class<A> type, @Nullable Class<?> service, @Nullable FallbackSettings<A> fallback) {
		Checks.require(type.isInterface(), "type", type.getName(), "an interface");
		SuspendFunctions.requireCallable(type);
		return create(type, MissingLibrary.toldBy(type, () -> this.protocol.bind(type, service)), fallback);
	}

	<A> A create(Class<A> type, Map<Method, ? extends MethodSpec> methods, @Nullable FallbackSettings<A> fallback) {
		requireRoutable(type, methods.keySet());
		Map<Method, BoundMethod> bound = new LinkedHashMap<>();
		methods.forEach((method, spec) -> bound.put(method, bound(method.getName(), spec)));
		return ClientProxy.create(type, bound, this.starter, this.delivery,
				(fallback != null) ? standIn(fallback) : null);
	}

	<A> A guard(Class<A> type, A target, FallbackSettings<A> fallback) {
		return ClientProxy.guard(type, target, this.starter.client(), this.delivery, standIn(fallback),
				this.starter.scopes());
	}

	private Fallback standIn(FallbackSettings<?> fallback) {
		return new Fallback(fallback.factory()::create, fallback.on(), this.metrics);
	}

	MethodCaller caller(MethodSpec spec) {
		BoundMethod bound = bound(spec.name(), spec);
		Map<Method, BoundMethod> methods = new LinkedHashMap<>();
		for (Method method : MethodCaller.class.getMethods()) {
			methods.put(method, bound);
		}
		return ClientProxy.create(MethodCaller.class, methods, this.starter, this.delivery, null);
	}

	private BoundMethod bound(String javaName, MethodSpec spec) {
		return new BoundMethod(spec, this.settings.of(javaName, spec), this.protocol.isDetached(spec), unheeded());
	}

	/** What callers may not say of a call. */
	private Map<String, String> unheeded() {
		Map<String, String> ofProtocol = this.protocol.unheeded(this.settings.now().protocolOptions());
		if (routesByKey() || ofProtocol.containsKey(Protocol.ROUTING_KEY)) {
			return ofProtocol;
		}
		Map<String, String> all = new LinkedHashMap<>(ofProtocol);
		all.put(Protocol.ROUTING_KEY, "the balancer reads none; one of type hash does");
		return all;
	}

	/** Whether keys decide which member a call goes to. */
	boolean routesByKey() {
		return this.settings.now().balancer().type() == BalancerType.HASH;
	}

	/**
	 * A key that no balancer of this protocol reads is a mistake; whether one reads it
	 * here is for the settings of this client to say.
	 */
	void requireRoutable(Class<?> type, Collection<Method> methods) {
		String reason = this.protocol.unheeded(this.settings.now().protocolOptions()).get(Protocol.ROUTING_KEY);
		SortedSet<String> annotated = new TreeSet<>();
		UnfitInterfaceException.each(type, methods, (method) -> {
			RoutingParameter parameter = RoutingParameter.of(method);
			if (parameter.isThere()) {
				annotated.add(method.getName());
				if (reason != null) {
					throw new IllegalArgumentException(
							type.getName() + "." + method.getName() + ": @RoutingKey (expected: none with protocol "
									+ this.protocol.name() + ": " + reason + ")");
				}
			}
			return parameter;
		});
		if (!annotated.isEmpty() && !routesByKey()) {
			new ClientLog(this.starter.client(), this.starter.ticker()).tell(Level.INFO,
					"@RoutingKey of " + type.getName() + " " + annotated + " is not read: balancer.type is not hash");
		}
	}

}
