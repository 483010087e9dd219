package io.scalesrpc.observation;

import java.net.InetSocketAddress;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The names and keys that hold for servers unless somebody says otherwise;
 * {@link RpcObservationKeys} has the keys. <em>Immutable</em>.
 */
public class DefaultScalesServerObservationConvention implements ScalesServerObservationConvention {

	/** The name of the observation of a call that is handled. */
	public static final String NAME = "scales.server";

	/** Made once; subclasses change what they like. */
	public DefaultScalesServerObservationConvention() {
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(ScalesServerObservationContext context) {
		return context.method();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ScalesServerObservationContext context) {
		Throwable error = context.getError();
		return KeyValues.of(RpcObservationKeys.RPC_SYSTEM_NAME.withValue(context.protocol()),
				RpcObservationKeys.RPC_METHOD.withValue(context.method()),
				RpcObservationKeys.RPC_STATUS_CODE.withValue((error != null) ? "REMOTE" : "OK"),
				RpcObservationKeys.ERROR_TYPE
					.withValue((error != null) ? error.getClass().getName() : KeyValue.NONE_VALUE));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ScalesServerObservationContext context) {
		KeyValues all = KeyValues.empty();
		if (context.clientId() != null) {
			all = all.and(RpcObservationKeys.CLIENT_ID.withValue(context.clientId()));
		}
		InetSocketAddress peer = context.peer();
		if (peer != null) {
			all = all.and(RpcObservationKeys.NETWORK_PEER_ADDRESS.withValue(peer.getHostString()),
					RpcObservationKeys.NETWORK_PEER_PORT.withValue(Integer.toString(peer.getPort())));
		}
		return all;
	}

}
