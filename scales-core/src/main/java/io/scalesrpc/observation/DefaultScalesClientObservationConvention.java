package io.scalesrpc.observation;

import io.micrometer.common.KeyValues;
import io.scalesrpc.call.MethodSpec;

/**
 * The names and keys that hold unless somebody says otherwise; {@link RpcObservationKeys}
 * has the keys. <em>Immutable</em>.
 */
public class DefaultScalesClientObservationConvention implements ScalesClientObservationConvention {

	/** The name of the observation of a call. */
	public static final String NAME = "scales.client";

	/** Made once; subclasses change what they like. */
	public DefaultScalesClientObservationConvention() {
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(ScalesClientObservationContext context) {
		return method(context);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ScalesClientObservationContext context) {
		return KeyValues
			.of(RpcObservationKeys.CLIENT.withValue(context.client()),
					RpcObservationKeys.RPC_SYSTEM_NAME.withValue(context.protocol()),
					RpcObservationKeys.RPC_METHOD.withValue(method(context)))
			.and(RpcKeys.ofOutcome(context.getResponse()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ScalesClientObservationContext context) {
		KeyValues attempts = KeyValues
			.of(RpcObservationKeys.ATTEMPTS.withValue(Integer.toString(context.call().attempts())));
		Object target = context.call().target();
		return (target != null) ? attempts.and(RpcKeys.ofServer(target.toString())) : attempts;
	}

	private static String method(ScalesClientObservationContext context) {
		MethodSpec method = context.call().method();
		return method.service() + "/" + method.name();
	}

}
