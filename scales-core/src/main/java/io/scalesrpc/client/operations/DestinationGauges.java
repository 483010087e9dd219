package io.scalesrpc.client.operations;

import java.util.Locale;

import io.micrometer.core.instrument.Tags;
import io.scalesrpc.Internal;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MemberStatus;

/**
 * Shows the members of a client by state, and its pending calls. <em>Stateless</em>.
 */
@Internal
public final class DestinationGauges {

	private DestinationGauges() {
	}

	public static void register(Destination destination, ClientMetrics metrics) {
		for (SinkState state : SinkState.values()) {
			Tags tags = Tags.of("state", state.name().toLowerCase(Locale.ROOT));
			metrics.gauge(MeterNames.MEMBERS, tags, destination, (source) -> count(source, state));
		}
		metrics.gauge(MeterNames.MEMBERS_ACTIVE, destination, DestinationGauges::active);
		metrics.gauge(MeterNames.PENDING, destination, Destination::pending);
	}

	private static long active(Destination destination) {
		return destination.members().stream().filter(MemberStatus::active).count();
	}

	private static long count(Destination destination, SinkState state) {
		return destination.members().stream().filter((member) -> member.state() == state).count();
	}

}
