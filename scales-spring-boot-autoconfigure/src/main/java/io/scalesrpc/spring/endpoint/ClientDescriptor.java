package io.scalesrpc.spring.endpoint;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A client as the endpoint shows it. <em>Immutable</em>.
 *
 * @param name the client's name
 * @param protocol the protocol's name
 * @param uri where its members come from
 * @param source how well that knows the members
 * @param state how ready it is: open, idle, busy or closed
 * @param pending calls that wait for their outcome
 * @param settings the settings in effect, by property name below the client
 * @param members the members known now
 * @param details what the protocol tells beside, such as the topics of Kafka
 * @param circuitBreakers its circuit breakers, that of all methods first
 */
public record ClientDescriptor(String name, String protocol, String uri, SourceDescriptor source, String state,
		int pending, Map<String, SettingDescriptor> settings, List<MemberDescriptor> members,
		Map<String, Object> details, List<CircuitBreakerDescriptor> circuitBreakers) implements OperationResponseBody {

}
