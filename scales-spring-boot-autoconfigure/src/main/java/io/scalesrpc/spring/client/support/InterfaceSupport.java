package io.scalesrpc.spring.client.support;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.fallback.FallbackSettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes the proxies of interfaces whose methods are no calls yet: somebody else turns
 * them into requests first. Found as a bean. Implementations are <em>thread-safe</em>.
 */
public interface InterfaceSupport {

	/**
	 * Whether an interface is of this kind.
	 * @param type the interface
	 * @return {@code false} if it is to be implemented by the core
	 */
	boolean supports(Class<?> type);

	/**
	 * The only protocol that can carry the requests.
	 * @return its name
	 */
	String protocol();

	/**
	 * What the core builds a client for in place of such an interface, which the protocol
	 * is told as the service.
	 * @return an interface that the protocol can bind
	 */
	Class<?> stand();

	/**
	 * Makes a proxy.
	 * @param client the client whose calls it makes
	 * @param type the interface
	 * @param fallback what answers calls that failed, or {@code null}
	 * @param <T> the interface
	 * @return a new proxy
	 * @throws IllegalArgumentException if a method cannot be a request
	 */
	<T> T create(ClientHandle<?> client, Class<T> type, @Nullable FallbackSettings<T> fallback);

}
