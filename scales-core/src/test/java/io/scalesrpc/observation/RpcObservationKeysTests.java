package io.scalesrpc.observation;

import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RpcObservationKeysTests {

	/**
	 * The attributes of spans and metrics of RPC in OpenTelemetry's semantic conventions
	 * 1.45.
	 */
	private static final Set<String> PUBLISHED = Set.of("rpc.system.name", "rpc.method", "rpc.method_original",
			"rpc.response.status_code", "error.type", "server.address", "server.port", "client.address", "client.port",
			"network.peer.address", "network.peer.port", "network.protocol.name", "network.protocol.version",
			"network.transport", "network.type");

	@Test
	void everyKeyIsPublishedOrHasOurPrefix() {
		assertThat(Arrays.stream(RpcObservationKeys.values()).map(RpcObservationKeys::asString))
			.filteredOn((key) -> !key.startsWith("scales."))
			.isNotEmpty()
			.allSatisfy((key) -> assertThat(PUBLISHED).contains(key));
	}

	@Test
	void aMemberIsHostAndPort() {
		assertThat(RpcKeys.ofServer("[::1]:9090")).extracting((key) -> key.getKey() + "=" + key.getValue())
			.containsExactly("server.address=::1", "server.port=9090");
		assertThat(RpcKeys.ofServer("topic events")).isEmpty();
		assertThat(RpcKeys.ofServer("chaos:on")).isEmpty();
	}

}
