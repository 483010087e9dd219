package io.scalesrpc.spring.server;

import io.scalesrpc.server.ServerCall;
import io.scalesrpc.server.ServerInterceptor;
import org.slf4j.MDC;

/**
 * Puts what is known of a call where loggers find it: {@value #METHOD}, {@value #CLIENT}
 * and {@value #PEER} in the MDC of the handler's thread. <em>Stateless</em>.
 */
final class CallLog implements ServerInterceptor {

	static final String METHOD = "scales.method";

	static final String CLIENT = "scales.client";

	static final String PEER = "scales.peer";

	@Override
	public void intercept(ServerCall call, Runnable handler) {
		MDC.put(METHOD, call.method());
		MDC.put(PEER, call.peer().toString());
		if (call.clientId() != null) {
			MDC.put(CLIENT, call.clientId());
		}
		try {
			handler.run();
		}
		finally {
			MDC.remove(METHOD);
			MDC.remove(PEER);
			MDC.remove(CLIENT);
		}
	}

}
