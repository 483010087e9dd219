package io.scalesrpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.scalesrpc.Internal;
import io.scalesrpc.mux.finagle.TraceHeaders;
import io.scalesrpc.observation.SafeObservation;
import io.scalesrpc.observation.ScalesServerObservationContext;
import io.scalesrpc.observation.ServerObservations;

/**
 * Observes calls around everything else that stands around handlers: what these do is a
 * part of the trace that the client sent, in the form of Finagle or of headers.
 * <em>Immutable</em>.
 */
@Internal
public final class ObservingInterceptor implements ServerInterceptor {

	private final ServerObservations observations;

	private final ServerInterceptor next;

	/**
	 * Stands around handlers.
	 * @param observations who is told
	 */
	public ObservingInterceptor(ServerObservations observations) {
		this(observations, ServerInterceptor.NONE);
	}

	/**
	 * Stands around another interceptor.
	 * @param observations who is told
	 * @param next what stands around handlers otherwise
	 */
	public ObservingInterceptor(ServerObservations observations, ServerInterceptor next) {
		this.observations = observations;
		this.next = next;
	}

	@Override
	public void intercept(ServerCall call, Runnable handler) throws Exception {
		SafeObservation observation = this.observations.isOn() ? this.observations.start(context(call)) : null;
		if (observation == null) {
			this.next.intercept(call, handler);
			return;
		}
		Runnable scope = observation.openScope();
		try {
			this.next.intercept(call, handler);
			Throwable error = call.error();
			if (error != null) {
				observation.error(error);
			}
		}
		catch (Exception | Error ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			scope.run();
			observation.stop();
		}
	}

	private static ScalesServerObservationContext context(ServerCall call) {
		SocketAddress peer = call.peer();
		return new ScalesServerObservationContext(call.contexts(), TraceHeaders::header, call.protocol().text(),
				call.fullName(), call.clientId(), (peer instanceof InetSocketAddress address) ? address : null);
	}

}
