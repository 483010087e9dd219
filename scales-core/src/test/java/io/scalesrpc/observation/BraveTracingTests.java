package io.scalesrpc.observation;

import io.scalesrpc.testing.Sockets;

@Sockets
class BraveTracingTests extends TracingContract {

	BraveTracingTests() {
		super(BraveTracer.w3c());
	}

}
