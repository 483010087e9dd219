package io.scalesrpc.observation;

import io.micrometer.common.KeyValues;

/** The names and keys of attempts: those of calls, but for few. <em>Immutable</em>. */
final class AttemptConvention extends DefaultScalesClientObservationConvention {

	static final String ATTEMPT_NAME = "scales.client.attempt";

	@Override
	public String getName() {
		return ATTEMPT_NAME;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ScalesClientObservationContext context) {
		KeyValues number = KeyValues.of(RpcObservationKeys.ATTEMPT.withValue(Integer.toString(context.attempt())));
		Object target = context.call().target();
		return (target != null) ? number.and(RpcKeys.ofServer(target.toString())) : number;
	}

}
