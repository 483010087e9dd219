package io.scalesrpc.propagation;

import io.micrometer.context.ThreadLocalAccessor;
import io.scalesrpc.call.InboundRequest;
import org.jspecify.annotations.Nullable;

/**
 * How Micrometer's context propagation takes the request being served from a thread, and
 * gives it to another: wrapped executors, decorated tasks, and Reactor where context
 * propagation is automatic. Found by its {@code ServiceLoader}. <em>Stateless</em>;
 * thread-safe.
 */
public final class InboundRequestAccessor implements ThreadLocalAccessor<InboundRequest> {

	/** Made by the {@link java.util.ServiceLoader}. */
	public InboundRequestAccessor() {
	}

	@Override
	public Object key() {
		return InboundRequest.KEY;
	}

	@Override
	public @Nullable InboundRequest getValue() {
		return InboundRequest.current();
	}

	@Override
	public void setValue(InboundRequest request) {
		InboundRequest.current(request);
	}

	@Override
	public void setValue() {
		InboundRequest.current(null);
	}

}
