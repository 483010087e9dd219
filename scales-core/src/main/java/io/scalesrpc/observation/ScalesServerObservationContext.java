package io.scalesrpc.observation;

import java.net.InetSocketAddress;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.ReceiverContext;
import io.scalesrpc.call.Context;
import org.jspecify.annotations.Nullable;

/**
 * What a convention can tell of a call that a server of ours handles. Its carrier is what
 * the client sent beside the arguments. <em>Thread-safe</em>, as far as Micrometer's
 * contexts are.
 */
public final class ScalesServerObservationContext extends ReceiverContext<Context> {

	private final String protocol;

	private final String method;

	private final @Nullable String clientId;

	private final @Nullable InetSocketAddress peer;

	/**
	 * Creates the context of one call.
	 * @param contexts what the client sent beside the arguments
	 * @param headers finds a header in them
	 * @param protocol what the client speaks
	 * @param method service and method
	 * @param clientId who says to be calling, or {@code null}
	 * @param peer the other end of the connection, or {@code null} if it has no address
	 */
	public ScalesServerObservationContext(Context contexts, Propagator.Getter<Context> headers, String protocol,
			String method, @Nullable String clientId, @Nullable InetSocketAddress peer) {
		super(headers, Kind.SERVER);
		this.protocol = protocol;
		this.method = method;
		this.clientId = clientId;
		this.peer = peer;
		setCarrier(contexts);
		if (clientId != null) {
			setRemoteServiceName(clientId);
		}
	}

	/**
	 * What the client speaks.
	 * @return {@code thriftmux} or {@code thrift}
	 */
	public String protocol() {
		return this.protocol;
	}

	/**
	 * The service and the method.
	 * @return for example {@code com.acme.Calculator/add}
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Who says to be calling; nothing proves it.
	 * @return Finagle's client id, or {@code null} if the client sent none
	 */
	public @Nullable String clientId() {
		return this.clientId;
	}

	/**
	 * The other end of the connection.
	 * @return its address, or {@code null} if it has none
	 */
	public @Nullable InetSocketAddress peer() {
		return this.peer;
	}

}
