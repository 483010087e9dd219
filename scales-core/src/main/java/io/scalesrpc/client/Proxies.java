package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.client.proxy.BoundMethod;
import io.scalesrpc.client.proxy.CallStarter;
import io.scalesrpc.client.proxy.ClientProxy;
import io.scalesrpc.client.proxy.Delivery;
import io.scalesrpc.client.proxy.StandIn;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Makes the proxies of one client. <em>Immutable</em>.
 *
 * @param protocol finds the remote methods
 * @param settings tell how calls are to be treated
 * @param starter where calls begin
 * @param delivery where futures complete
 * @param metrics where fallbacks are counted
 */
record Proxies(Protocol protocol, LiveSettings settings, CallStarter starter, Delivery delivery,
		ClientMetrics metrics) {

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
		return new BoundMethod(spec, this.settings.of(javaName, spec), this.protocol.isDetached(spec),
				this.protocol.unheeded(this.settings.now().protocolOptions()));
	}

}
