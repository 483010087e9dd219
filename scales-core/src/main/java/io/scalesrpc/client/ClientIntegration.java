package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;

import io.scalesrpc.Internal;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What a client has for frameworks that make requests or proxies of their own, such as
 * Spring, beside what {@link ClientHandle} has for everybody. <em>Thread-safe</em>.
 */
@Internal
public final class ClientIntegration {

	private final ClientHandle<?> client;

	private ClientIntegration(ClientHandle<?> client) {
		this.client = client;
	}

	/**
	 * That of a client.
	 * @param client the client
	 * @return what frameworks may do with it
	 */
	public static ClientIntegration of(ClientHandle<?> client) {
		return new ClientIntegration(client);
	}

	/**
	 * The settings of a client that have no effect with its protocol.
	 * @return the reasons by the names of the settings, such as {@code retry}
	 */
	public Map<String, String> inapplicable() {
		return protocol().inapplicable();
	}

	/**
	 * What the client speaks.
	 * @return its protocol
	 */
	public Protocol protocol() {
		return this.client.proxies().protocol();
	}

	/**
	 * Whether calls are encrypted.
	 * @return {@code true} if TLS is spoken with the members
	 */
	public boolean speaksTls() {
		return this.client.state().tls();
	}

	/**
	 * Looks at the routing keys of an interface that somebody else implements.
	 * @param type the interface
	 * @param methods its methods that make calls
	 * @return whether keys decide which member a call goes to: only then a call may have
	 * one in its own options
	 * @throws IllegalArgumentException if a parameter cannot be a key, or no client of
	 * the protocol has a use for it
	 */
	public boolean routesByKey(Class<?> type, Collection<Method> methods) {
		this.client.proxies().requireRoutable(type, methods);
		return this.client.proxies().routesByKey();
	}

	/**
	 * What the client was made for.
	 * @return the generated class of its service, or an interface that says it itself
	 */
	public Class<?> service() {
		return this.client.service();
	}

	/**
	 * Makes a proxy of an interface of any service over the same connections, with a
	 * stand-in for calls that fail. Each proxy has its own: that of the builder is not
	 * inherited.
	 * @param type the interface
	 * @param otherService the generated class of its service, or {@code null} if the
	 * interface says it itself
	 * @param fallback what answers calls of this proxy that failed, or {@code null}
	 * @param <A> the interface
	 * @return a new proxy
	 * @throws IllegalArgumentException if the interface does not fit the service
	 */
	public <A> A proxy(Class<A> type, @Nullable Class<?> otherService, @Nullable FallbackSettings<A> fallback) {
		return this.client.proxies().create(type, otherService, fallback);
	}

	/**
	 * Gives a stand-in to an object that somebody else made over this client, by
	 * {@link #caller}: it answers where a method, or its future, Mono or Flux, fails with
	 * a {@link io.scalesrpc.call.ScalesException}; a Flux only before its first element.
	 * @param type the interface
	 * @param target makes the calls
	 * @param fallback what answers those that failed
	 * @param <A> the interface
	 * @return a new proxy
	 */
	public <A> A guard(Class<A> type, A target, FallbackSettings<A> fallback) {
		return this.client.proxies().guard(type, target, fallback);
	}

	/**
	 * Makes calls of a remote method without an interface.
	 * @param method the method, of the kind that the client's protocol has; settings of
	 * single methods apply by its name
	 * @return the way to call it
	 */
	public MethodCaller caller(MethodSpec method) {
		return this.client.proxies().caller(method);
	}

}
