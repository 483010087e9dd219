package io.scalesrpc.client;

import java.util.List;
import java.util.Map;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.client.operations.LastMinute;
import io.scalesrpc.discovery.SourceStatus;
import org.jspecify.annotations.Nullable;

/**
 * A client at one moment: what an operator wants to see. <em>Immutable</em>.
 *
 * @param name the client's name
 * @param protocol the protocol's name
 * @param uri where its members come from; for a server set without a URI, its text
 * @param source how well that knows the members now
 * @param state how ready it is; {@link SinkState#CLOSED} once it was closed, and while no
 * member can be reached
 * @param closed whether it was closed, for good
 * @param pending calls that wait for their outcome
 * @param members the members known now
 * @param details what the protocol tells beside: maps, lists, strings, numbers and
 * booleans
 * @param circuitBreakers its circuit breakers, that of all methods first
 * @param lastMinute what its calls came to within the last minute
 * @param retryBudget how many retries there could be now; {@code null} where there are
 * none
 * @param settings the settings in effect
 */
public record ClientView(String name, String protocol, String uri, SourceStatus source, SinkState state, boolean closed,
		int pending, List<MemberView> members, Map<String, Object> details, List<CircuitBreakerView> circuitBreakers,
		LastMinute lastMinute, @Nullable Double retryBudget, ClientSettings settings) {

	/** Copies the lists. */
	public ClientView {
		circuitBreakers = List.copyOf(circuitBreakers);
		members = List.copyOf(members);
		details = Map.copyOf(details);
	}

}
