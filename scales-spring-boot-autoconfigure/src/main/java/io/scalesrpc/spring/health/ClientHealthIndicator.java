package io.scalesrpc.spring.health;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.settings.DownWhen;
import io.scalesrpc.spring.settings.HealthProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one client. It is up while a call has somewhere to go, and unknown before
 * the first call or while members are alive but take no calls. What makes it down the
 * application chooses: by default, that every member is. A source of members that does
 * not answer is told, but decides nothing: what is known is still called. A client that
 * cannot be made or was closed is down, and one that nobody needed yet is unknown: to
 * look makes none. Nor does a circuit breaker that refuses calls decide unless asked to:
 * it closes by itself, and an application that is restarted for it would only lose what
 * it knows. <em>Thread-safe</em>.
 */
final class ClientHealthIndicator implements HealthIndicator {

	private final String name;

	private final ScalesClientRegistry clients;

	private final HealthProperties properties;

	ClientHealthIndicator(String name, ScalesClientRegistry clients, HealthProperties properties) {
		this.name = name;
		this.clients = clients;
		this.properties = properties;
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

	private Health health(ClientView view) {
		String reason = down(view);
		Health.Builder health = (reason != null) ? Health.down().withDetail("reason", reason)
				: new Health.Builder((view.state() == SinkState.OPEN) ? Status.UP : Status.UNKNOWN);
		health.withDetail("protocol", view.protocol())
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

	/** Why the client is down by what the application goes by; null if it is not. */
	private @Nullable String down(ClientView view) {
		Set<DownWhen> when = this.properties.downWhen();
		if (view.closed()) {
			return "the client is closed";
		}
		if (view.state() == SinkState.CLOSED && (when.contains(DownWhen.ALL_MEMBERS) || view.members().isEmpty())) {
			return "no member can be reached";
		}
		long available = view.members().stream().filter((member) -> member.state().isAvailable()).count();
		if (when.contains(DownWhen.SHARE) && available < this.properties.leastShare() * view.members().size()) {
			return "members that take calls: " + available + " of " + view.members().size() + " (expected: a share of "
					+ this.properties.leastShare() + " at least)";
		}
		return (when.contains(DownWhen.BREAKER_OPEN) && !refusing(view).isEmpty()) ? "a circuit breaker refuses calls"
				: null;
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
