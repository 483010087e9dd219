package io.scalesrpc.spring.endpoint;

import java.util.List;
import java.util.Map;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A client as the endpoint shows it. <em>Immutable</em>.
 *
 * @param name the client's name
 * @param problems what is wrong, the worst first; empty if nothing is
 * @param protocol the protocol's name; absent if the client was not made and it is the
 * default
 * @param uri where its members come from; absent if the client was not made
 * @param source how well that knows the members; absent if the client was not made
 * @param state how ready it is: open, idle (nobody needed it yet), busy or closed
 * @param pending calls that wait for their outcome
 * @param lastMinute what its calls came to within the last minute; absent if the client
 * was not made
 * @param retryBudget how many retries there could be now; absent where there are none
 * @param members the members known now
 * @param details what the protocol tells beside, such as the topics of Kafka
 * @param circuitBreakers its circuit breakers, that of all methods first
 * @param problem why the client could not be made; absent if it was, or nobody needed it
 * yet
 * @param settings the settings in effect, by property name below the client; absent
 * unless they were asked for
 */
public record ClientDescriptor(String name, List<ProblemDescriptor> problems, @Nullable String protocol,
		@Nullable String uri, @Nullable SourceDescriptor source, String state, int pending,
		@Nullable LastMinuteDescriptor lastMinute, @Nullable Double retryBudget, List<MemberDescriptor> members,
		Map<String, Object> details, List<CircuitBreakerDescriptor> circuitBreakers, @Nullable String problem,
		@Nullable Map<String, SettingDescriptor> settings) implements OperationResponseBody {

	static ClientDescriptor notMade(String name, @Nullable String protocol, @Nullable String problem) {
		SinkState state = (problem != null) ? SinkState.CLOSED : SinkState.IDLE;
		List<ProblemDescriptor> problems = (problem != null)
				? List.of(new ProblemDescriptor(name, "client", null, problem, null)) : List.of();
		return new ClientDescriptor(name, problems, protocol, null, null, MemberDescriptor.text(state), 0, null, null,
				List.of(), Map.of(), List.of(), problem, null);
	}

}
