package io.scalesrpc.protocol;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A way to speak to servers, such as ThriftMux: the SPI of the leaves. Found through
 * {@link java.util.ServiceLoader} or handed to the builder. Implementations are
 * <em>thread-safe</em>.
 */
public interface Protocol {

	/** What callers say of a call: an entry that travels with it. */
	String HEADER = "header";

	/** What callers say of a call: the member it goes to. */
	String MEMBER = "member";

	/** What callers say of a call: who calls. */
	String CLIENT_ID = "client-id";

	/**
	 * What callers say of a call: the key that decides which member it goes to. A
	 * protocol that does not heed it cannot have the balancer that does, {@code hash}.
	 */
	String ROUTING_KEY = "routing-key";

	/**
	 * The name used in configuration, metrics and errors.
	 * @return for example {@code thriftmux}; lower case
	 */
	String name();

	/**
	 * Whether messages travel by HTTP, so that URIs of the web name servers of the
	 * protocol, and may say that TLS is spoken with them.
	 * @return {@code true} if {@code http://} and {@code https://} may stand in its URIs
	 */
	default boolean isHttp() {
		return false;
	}

	/**
	 * Where a server of the protocol may be, for texts that say how that is written.
	 * @return a URI with the port that such servers have by custom, such as
	 * {@code tcp://localhost:9090}
	 */
	default String exampleUri() {
		return "tcp://localhost:9090";
	}

	/**
	 * Finds the remote method behind every method of a client interface.
	 * @param clientInterface the interface a proxy will implement
	 * @param service the service's generated class, for an interface that does not extend
	 * a generated one
	 * @return a method specification for each abstract method
	 * @throws IllegalArgumentException if a method has no counterpart; the text names
	 * interface, method, reason and remedy
	 */
	Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service);

	/**
	 * All methods of the remote service, those included that only another interface of
	 * the same client has.
	 * @param clientInterface an interface that fits the service
	 * @param service the service's generated class, for an interface that does not extend
	 * a generated one
	 * @return the methods as far as the protocol knows them; at least those of the
	 * interface
	 */
	default Collection<? extends MethodSpec> methods(Class<?> clientInterface, @Nullable Class<?> service) {
		return bind(clientInterface, service).values();
	}

	/**
	 * The options that the protocol heeds, so that defaults for clients of all protocols
	 * can be told from mistakes.
	 * @param given the options a client is to have, known or not
	 * @return the names of those that have an effect among them; empty if any may be
	 * tried
	 */
	default Set<String> options(Map<String, String> given) {
		return Set.of();
	}

	/**
	 * The settings in effect that are the protocol's own and no options.
	 * @return their texts by the names of their properties below a client, such as
	 * {@code kafka.acks}; never secrets
	 */
	default Map<String, String> settings() {
		return Map.of();
	}

	/**
	 * The settings of a client that have no effect with this protocol. A stage that is
	 * named here is left out of the stack, and a client with such a setting is refused
	 * with the reason.
	 * @return the reasons by the names of the settings, such as {@code retry} or
	 * {@code pool}; empty if all have an effect
	 */
	default Map<String, String> inapplicable() {
		return Map.of();
	}

	/**
	 * What has no effect with this protocol when a caller says it of a single call by
	 * {@link io.scalesrpc.call.CallOptions}: a call is refused whose parameter does.
	 * @param options the options of the client, known or not
	 * @return the reasons by {@link #HEADER}, {@link #MEMBER}, {@link #CLIENT_ID} and
	 * {@link #ROUTING_KEY}; empty if all have an effect
	 */
	default Map<String, String> unheeded(Map<String, String> options) {
		return Map.of();
	}

	/**
	 * Whether callers of a method do not wait for what becomes of their calls: it returns
	 * at once, and failures are counted, logged from time to time, and answered by a
	 * fallback if there is one.
	 * @param method a method of this protocol
	 * @return {@code true} for what is sent and forgotten
	 */
	default boolean isDetached(MethodSpec method) {
		return false;
	}

	/**
	 * Makes the factory of connections for one client.
	 * @param environment the client's settings and shared resources
	 * @return the factory
	 * @throws IllegalArgumentException if a setting does not fit the protocol
	 */
	ConnectionFactory connections(ProtocolEnvironment environment);

	/**
	 * Makes the bottom of one client's stack. Does not wait for the network.
	 * @param environment the client's settings and shared resources
	 * @param members the members of the service; closed with the destination
	 * @param balancers balances calls over connections of this protocol
	 * @return the destination, not started
	 * @throws IllegalArgumentException if a setting does not fit the protocol
	 */
	default Destination destination(ProtocolEnvironment environment, ServerSet members, Balancers balancers) {
		return balancers.over(members, connections(environment));
	}

}
