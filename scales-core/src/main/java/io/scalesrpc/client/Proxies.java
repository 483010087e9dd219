package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.client.proxy.BoundMethod;
import io.scalesrpc.client.proxy.CallStarter;
import io.scalesrpc.client.proxy.ClientProxy;
import io.scalesrpc.client.proxy.Delivery;
import io.scalesrpc.client.proxy.StandIn;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Makes the proxies of one client. <em>Immutable</em>.
 *
 * @param protocol finds the remote methods
 * @param settings tell how calls are to be treated
 * @param breakers tell which of them is in charge of a method
 * @param starter where calls begin
 * @param delivery where futures complete
 * @param metrics where fallbacks are counted
 */
record Proxies(Protocol protocol, ClientSettings settings, CircuitBreakers breakers, CallStarter starter,
		Delivery delivery, ClientMetrics metrics) {

	<A> A create(Class<A> type, @Nullable Class<?> service, @Nullable FallbackSettings<A> fallback) {
		Checks.require(type.isInterface(), "type", type.getName(), "an interface");
		SuspendFunctions.requireCallable(type);
		return create(type, MissingLibrary.toldBy(type, () -> this.protocol.bind(type, service)), fallback);
	}

	<A> A create(Class<A> type, Map<Method, ? extends MethodSpec> methods, @Nullable FallbackSettings<A> fallback) {
		Map<Method, BoundMethod> bound = new LinkedHashMap<>();
		methods.forEach((method, spec) -> bound.put(method, bound(method.getName(), spec)));
		return ClientProxy.create(type, bound, this.starter, this.delivery,
				(fallback != null) ? standIn(fallback) : null);
	}

	<A> A guard(Class<A> type, A target, FallbackSettings<A> fallback) {
		return ClientProxy.guard(type, target, this.starter.client(), this.delivery, standIn(fallback),
				this.starter.scopes());
	}

	private StandIn standIn(FallbackSettings<?> fallback) {
		return new StandIn(fallback.factory()::create, fallback.on(), this.metrics);
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
		return new BoundMethod(spec, timeout(javaName, spec), options(javaName, spec), this.protocol.isDetached(spec),
				this.protocol.unheeded(this.settings.protocolOptions()));
	}

	private Duration timeout(String javaName, MethodSpec spec) {
		Map<String, Duration> timeouts = this.settings.methodTimeouts();
		Duration byWireName = timeouts.getOrDefault(spec.name(), this.settings.timeout());
		return timeouts.getOrDefault(javaName, byWireName);
	}

	/** The name in Java tells methods of several interfaces apart, so it comes first. */
	private CallOptions options(String javaName, MethodSpec spec) {
		Map<String, CallOptions> ofMethods = this.settings.methodOptions();
		CallOptions own = ofMethods.getOrDefault(spec.name(), CallOptions.NONE)
			.withAll(ofMethods.getOrDefault(javaName, CallOptions.NONE));
		CallOptions all = this.settings.options().withAll(own);
		HedgingSettings.requireFit(javaName, spec, own, all);
		return all.withAll(this.breakers.inCharge(javaName, spec.name()));
	}

}
