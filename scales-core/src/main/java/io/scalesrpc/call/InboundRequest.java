package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * The request that a thread is serving, as far as the calls made for it are concerned:
 * nobody waits for them longer than for the request itself, and who is asked again need
 * not ask others again. A server sets it around a handler; a client reads it on the
 * thread on which a call is made, and a {@code Mono} first in the context of its
 * subscriber. <em>Immutable</em>; the current one is a matter of each thread.
 *
 * @param deadline until when its caller waits, on the clock of the clients; {@code null}
 * if the caller did not say
 * @param attempt how often its caller had sent it before; 0 for the first time, also if
 * the caller does not say
 */
public record InboundRequest(@Nullable Deadline deadline, int attempt) {

	/**
	 * The attempt of the request that a call is made for, on the call itself: what stages
	 * do later, they do on other threads.
	 */
	public static final CallOptions.Key<Integer> ATTEMPT = new CallOptions.Key<>("inbound-attempt", 0);

	/**
	 * The name under which Reactor's context and Micrometer's context propagation carry
	 * the request.
	 */
	public static final String KEY = "io.scalesrpc.InboundRequest";

	/**
	 * The request this thread is serving.
	 * @return the request, or {@code null} if it is serving none
	 */
	public static @Nullable InboundRequest current() {
		return Caller.current().request();
	}

	/**
	 * Says which request this thread serves from now on. What {@link CallOptions#call}
	 * has around its calls stays.
	 * @param request the request, or {@code null} for none
	 */
	public static void current(@Nullable InboundRequest request) {
		Caller.current(new Caller(request, Caller.current().options()));
	}

}
