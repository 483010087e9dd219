package io.scalesrpc.testing;

import io.scalesrpc.call.MethodSpec;

/**
 * A method of no protocol. <em>Immutable</em>.
 *
 * @param service the service
 * @param name the method
 * @param oneway whether no answer is expected
 */
public record TestMethod(String service, String name, boolean oneway) implements MethodSpec {

	/**
	 * A method that is answered, of the service {@code Calculator}.
	 * @param name the method
	 */
	public TestMethod(String name) {
		this("Calculator", name, false);
	}

}
