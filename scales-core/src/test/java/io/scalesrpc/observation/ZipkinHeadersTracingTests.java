package io.scalesrpc.observation;

class ZipkinHeadersTracingTests extends TracingContract {

	ZipkinHeadersTracingTests() {
		super(BraveTracer.b3());
	}

}
