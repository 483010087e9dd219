package io.scalesrpc.client.proxy;

import io.scalesrpc.call.CallOptions;

/**
 * What a caller says of how a call is to be treated. <em>Immutable</em>.
 *
 * @param all all of it: what is around the call, and what its parameter says
 * @param own what its parameter says, which has its effect or the call fails
 */
record Said(CallOptions all, CallOptions own) {

	static final Said NOTHING = new Said(CallOptions.NONE, CallOptions.NONE);

	static Said of(CallOptions around, CallOptions own) {
		return (around.isEmpty() && own.isEmpty()) ? NOTHING : new Said(around.withAll(own), own);
	}

	boolean isNothing() {
		return this.all.isEmpty();
	}

	/** The same with more around it, which comes after what is there. */
	Said within(CallOptions around) {
		return around.isEmpty() ? this : new Said(around.withAll(this.all), this.own);
	}

}
