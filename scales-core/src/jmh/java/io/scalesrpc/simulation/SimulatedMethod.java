package io.scalesrpc.simulation;

import io.scalesrpc.call.MethodSpec;

/**
 * A remote method. <em>Immutable</em>.
 *
 * @param name its name
 * @param time how long it takes
 */
record SimulatedMethod(String name, ServiceTime time) implements MethodSpec {

	@Override
	public String service() {
		return "Simulated";
	}

	@Override
	public boolean oneway() {
		return false;
	}

}
