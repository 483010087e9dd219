package io.scalesrpc.spring.endpoint;

import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.client.ClientView;
import org.jspecify.annotations.Nullable;

/**
 * A client in the overview of the endpoint: what fits on a line. <em>Immutable</em>.
 *
 * @param state how ready it is: open, idle (nobody needed it yet), busy or closed
 * @param protocol the protocol's name; absent if the client was not made and it is the
 * default
 * @param members how many members are in which state
 * @param pending calls that wait for their outcome
 * @param lastMinute what its calls came to within the last minute; absent if the client
 * was not made
 * @param circuitBreakers the states of its circuit breakers by scope
 * @param retryBudget how many retries there could be now; absent where there are none
 * @param source how well the source knows the members; absent if the client was not made
 * @param settings the settings in effect; absent unless they were asked for
 */
public record ClientOverview(String state, @Nullable String protocol, Map<String, Integer> members, int pending,
		@Nullable LastMinuteDescriptor lastMinute, Map<String, String> circuitBreakers, @Nullable Double retryBudget,
		@Nullable SourceDescriptor source, @Nullable Map<String, SettingDescriptor> settings) {

	static ClientOverview of(ClientView view, @Nullable Map<String, SettingDescriptor> settings) {
		Map<String, Integer> members = new TreeMap<>();
		view.members().forEach((member) -> members.merge(MemberDescriptor.text(member.state()), 1, Integer::sum));
		Map<String, String> breakers = new TreeMap<>();
		view.circuitBreakers().forEach((breaker) -> breakers.put(breaker.scope(), breaker.state().toString()));
		return new ClientOverview(MemberDescriptor.text(view.state()), view.protocol(), members, view.pending(),
				LastMinuteDescriptor.of(view.lastMinute()), breakers,
				(view.retryBudget() != null) ? Numbers.rounded(view.retryBudget()) : null, SourceDescriptor.of(view),
				settings);
	}

	static ClientOverview notMade(ClientDescriptor client) {
		return new ClientOverview(client.state(), client.protocol(), Map.of(), 0, null, Map.of(), null, null, null);
	}

}
