package io.scalesrpc.observation;

import io.micrometer.common.docs.KeyName;

/**
 * The keys of observations; docs/observability.md tells what they say.
 * <em>Immutable</em>.
 */
public enum RpcObservationKeys implements KeyName {

	/** Low cardinality: what is spoken, such as {@code thriftmux}. */
	RPC_SYSTEM_NAME("rpc.system.name"),

	/** Low cardinality: service and method, such as {@code com.acme.Calculator/add}. */
	RPC_METHOD("rpc.method"),

	/**
	 * Low cardinality: {@code OK}, or the kind of the failure, such as {@code TIMEOUT},
	 * {@code REMOTE}, {@code DECLARED}.
	 */
	RPC_STATUS_CODE("rpc.status_code"),

	/**
	 * Low cardinality: the kind of the failure, such as {@code timeout}, or {@code none}.
	 */
	ERROR_TYPE("error.type"),

	/** Low cardinality: the name of the client. */
	CLIENT("scales.client"),

	/** High cardinality: the host of the member that was asked last, if any was. */
	SERVER_ADDRESS("server.address"),

	/** High cardinality: its port. */
	SERVER_PORT("server.port"),

	/** High cardinality: how often the call was sent to a member. */
	ATTEMPTS("scales.attempts"),

	/** High cardinality: which attempt of its call this is, from 1. */
	ATTEMPT("scales.attempt"),

	/** High cardinality, of servers: who says to be calling. */
	CLIENT_ID("scales.client.id"),

	/** High cardinality, of servers: the host of the other end of the connection. */
	NETWORK_PEER_ADDRESS("network.peer.address"),

	/** High cardinality, of servers: its port. */
	NETWORK_PEER_PORT("network.peer.port");

	private final String key;

	RpcObservationKeys(String key) {
		this.key = key;
	}

	@Override
	public String asString() {
		return this.key;
	}

}
