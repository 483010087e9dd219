package io.scalesrpc.client.proxy;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.MethodSpec;

/**
 * The remote method behind one of an interface, and what the settings say about its
 * calls. <em>Immutable</em>.
 *
 * @param spec the remote method
 * @param timeout how long a call may take in all, above zero
 * @param options the rest of the settings
 * @param detached whether its callers do not wait for what becomes of their calls
 */
public record BoundMethod(MethodSpec spec, Duration timeout, CallOptions options, boolean detached) {

	/**
	 * A method whose callers wait.
	 * @param spec the remote method
	 * @param timeout how long a call may take in all, above zero
	 * @param options the rest of the settings
	 */
	public BoundMethod(MethodSpec spec, Duration timeout, CallOptions options) {
		this(spec, timeout, options, false);
	}

}
