package io.scalesrpc.observation;

class BraveTracingTests extends TracingContract {

	BraveTracingTests() {
		super(BraveTracer.w3c());
	}

}
