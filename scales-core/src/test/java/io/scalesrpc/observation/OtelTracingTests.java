package io.scalesrpc.observation;

class OtelTracingTests extends TracingContract {

	OtelTracingTests() {
		super(new OtelTracer());
	}

}
