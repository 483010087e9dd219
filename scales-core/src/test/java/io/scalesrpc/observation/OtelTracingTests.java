package io.scalesrpc.observation;

import io.scalesrpc.testing.Sockets;

@Sockets
class OtelTracingTests extends TracingContract {

	OtelTracingTests() {
		super(new OtelTracer());
	}

}
