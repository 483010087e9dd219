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
 * @param protocol the protocol's name; {@code null} if the client was not made and it is
 * the default
 * @param uri where its members come from; {@code null} if the client was not made
 * @param source how well that knows the members; {@code null} if the client was not made
 * @param state how ready it is: open, idle (nobody needed it yet), busy or closed
 * @param pending calls that wait for their outcome
 * @param settings the settings in effect, by property name below the client
 * @param members the members known now
 * @param details what the protocol tells beside, such as the topics of Kafka
 * @param circuitBreakers its circuit breakers, that of all methods first
 * @param problem why the client could not be made; {@code null} if it was, or nobody
 * needed it yet
 */
public record ClientDescriptor(String name, @Nullable String protocol, @Nullable String uri,
		@Nullable SourceDescriptor source, String state, int pending, Map<String, SettingDescriptor> settings,
		List<MemberDescriptor> members, Map<String, Object> details, List<CircuitBreakerDescriptor> circuitBreakers,
		@Nullable String problem) implements OperationResponseBody {

	static ClientDescriptor notMade(String name, @Nullable String protocol, @Nullable String problem) {
		SinkState state = (problem != null) ? SinkState.CLOSED : SinkState.IDLE;
		return new ClientDescriptor(name, protocol, null, null, MemberDescriptor.text(state), 0, Map.of(), List.of(),
				Map.of(), List.of(), problem);
	}

}
