package io.scalesrpc.client.operations;

import java.time.Duration;

import io.scalesrpc.Internal;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;

/**
 * Shows how well the source of members knows them. <em>Stateless</em>.
 */
@Internal
public final class SourceGauges {

	private SourceGauges() {
	}

	public static void register(ServerSet set, ClientMetrics metrics) {
		metrics.gauge(MeterNames.DISCOVERY_AGE, set, SourceGauges::seconds);
		metrics.gauge(MeterNames.DISCOVERY_BAD_MEMBERS, set, (source) -> source.status().badMembers());
	}

	private static double seconds(ServerSet set) {
		Duration age = set.status().age();
		return (age != null) ? age.toNanos() / 1e9 : Double.NaN;
	}

}
