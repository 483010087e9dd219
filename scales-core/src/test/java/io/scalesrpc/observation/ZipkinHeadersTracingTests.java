package io.scalesrpc.observation;

import io.scalesrpc.testing.Sockets;

@Sockets
class ZipkinHeadersTracingTests extends TracingContract {

	ZipkinHeadersTracingTests() {
		super(BraveTracer.b3());
	}

}
