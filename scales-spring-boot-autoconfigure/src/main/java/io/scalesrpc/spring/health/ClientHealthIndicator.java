package io.scalesrpc.spring.health;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.spring.client.ScalesClientRegistry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one client. It is up while a call has somewhere to go, down when every
 * member is, and unknown before the first call or while members are alive but take no
 * calls. A source of members that does not answer is told, but decides nothing: what is
 * known is still called. A client that cannot be made is down, and one that nobody needed
 * yet is unknown: to look makes none. So is a circuit breaker that refuses calls: it
 * closes by itself, and an application that is restarted for it would only lose what it
 * knows. <em>Thread-safe</em>.
 */
final class ClientHealthIndicator implements HealthIndicator {

	private final String name;

	private final ScalesClientRegistry clients;

	ClientHealthIndicator(String name, ScalesClientRegistry clients) {
		this.name = name;
		this.clients = clients;
	}

	@Override
	public Health health() {
		ClientHandle<?> client = this.clients.made(this.name);
		if (client != null) {
			return health(client.view());
		}
		String problem = this.clients.problem(this.name);
		return (problem != null) ? Health.down().withDetail("problem", problem).build()
				: Health.unknown().withDetail("state", text(SinkState.IDLE)).build();
	}

	private static Health health(ClientView view) {
		Health.Builder health = new Health.Builder(status(view)).withDetail("protocol", view.protocol())
			.withDetail("uri", view.uri())
			.withDetail("state", text(view.state()))
			.withDetail("pending", view.pending())
			.withDetail("members", membersByState(view));
		String discovery = SourceProblem.of(view.source());
		if (discovery != null) {
			health.withDetail("discovery", discovery);
		}
		Map<String, String> refusing = refusing(view);
		return (refusing.isEmpty() ? health : health.withDetail("circuitBreakers", refusing)).build();
	}

	/** What refuses calls now, by scope. */
	private static Map<String, String> refusing(ClientView view) {
		Map<String, String> problems = new TreeMap<>();
		for (CircuitBreakerView breaker : view.circuitBreakers()) {
			if (!breaker.problem().isEmpty()) {
				problems.put(breaker.scope(), breaker.problem());
			}
		}
		return problems;
	}

	private static Status status(ClientView view) {
		return switch (view.state()) {
			case OPEN -> Status.UP;
			case IDLE, BUSY -> Status.UNKNOWN;
			case CLOSED -> Status.DOWN;
		};
	}

	private static Map<String, Long> membersByState(ClientView view) {
		return view.members()
			.stream()
			.map(MemberView::state)
			.collect(Collectors.groupingBy(ClientHealthIndicator::text, TreeMap::new, Collectors.counting()));
	}

	private static String text(SinkState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
