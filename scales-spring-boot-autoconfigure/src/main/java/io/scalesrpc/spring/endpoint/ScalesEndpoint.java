package io.scalesrpc.spring.endpoint;

import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.scalesrpc.call.PeerText;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The endpoint {@code scales}: all clients and the application's own server, or one
 * client; and the state of circuit breakers, which may be set only where
 * {@code management.endpoint.scales.access} is {@code unrestricted}.
 * <em>Thread-safe</em>.
 */
@Endpoint(id = "scales", defaultAccess = Access.READ_ONLY)
public final class ScalesEndpoint {

	private final ScalesClientRegistry clients;

	private final EffectiveSettings settings;

	private final Function<Boolean, @Nullable ServerDescriptor> server;

	private final Clock clock;

	private final Problems problems;

	ScalesEndpoint(ScalesClientRegistry clients, EffectiveSettings settings,
			Function<Boolean, @Nullable ServerDescriptor> server, Clock clock) {
		this.clients = clients;
		this.server = server;
		this.settings = settings;
		this.clock = clock;
		this.problems = new Problems(clock);
	}

	/**
	 * What is wrong now; every client, and the application's own server.
	 * @param settings whether to show the settings in effect, too, which takes longer
	 * @return the overview
	 */
	@ReadOperation
	public Overview overview(@Nullable Boolean settings) {
		boolean withSettings = Boolean.TRUE.equals(settings);
		List<ProblemDescriptor> wrong = new ArrayList<>();
		Map<String, ClientOverview> all = new LinkedHashMap<>();
		for (String name : this.clients.names()) {
			ClientHandle<?> client = this.clients.made(name);
			if (client == null) {
				ClientDescriptor notMade = notMade(name);
				wrong.addAll(notMade.problems());
				all.put(name, ClientOverview.notMade(notMade));
				continue;
			}
			ClientView view = client.view();
			wrong.addAll(this.problems.of(view));
			all.put(name, ClientOverview.of(view, withSettings ? settings(client, view) : null));
		}
		wrong.sort(ProblemDescriptor.WORST_FIRST);
		return new Overview(this.clock.instant(), wrong, all, this.server.apply(withSettings));
	}

	/**
	 * One client.
	 * @param client its name
	 * @param settings whether to show the settings in effect, too
	 * @return the client, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable ClientDescriptor client(@Selector String client, @Nullable Boolean settings) {
		return this.clients.names().contains(client) ? describe(client, Boolean.TRUE.equals(settings)) : null;
	}

	/**
	 * Sets the state of a circuit breaker of a client.
	 * @param security tells who asks
	 * @param client the client's name
	 * @param state closed, open, half-open, forced-open or disabled
	 * @param scope the method whose breaker it is; that of all methods if it is missing
	 * @return the client as it is then
	 * @throws InvalidEndpointRequestException if there is no such client or breaker
	 */
	@WriteOperation
	public ClientDescriptor setCircuitBreaker(SecurityContext security, @Selector String client, CircuitState state,
			@Nullable String scope) {
		try {
			this.clients.client(client)
				.circuitBreakers()
				.set((scope != null) ? scope : CircuitBreakers.ALL, state, name(security.getPrincipal()));
			return describe(client, false);
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(text, text, ex);
		}
	}

	private static String name(@Nullable Principal principal) {
		return (principal != null) ? PeerText.printable(principal.getName()) : "somebody unknown, through the actuator";
	}

	private ClientDescriptor describe(String name, boolean withSettings) {
		ClientHandle<?> client = this.clients.made(name);
		if (client == null) {
			return notMade(name);
		}
		ClientView view = client.view();
		List<ProblemDescriptor> wrong = this.problems.of(view);
		wrong.sort(ProblemDescriptor.WORST_FIRST);
		return new ClientDescriptor(view.name(), wrong, view.protocol(), view.uri(), SourceDescriptor.of(view),
				MemberDescriptor.text(view.state()), view.pending(), LastMinuteDescriptor.of(view.lastMinute()),
				(view.retryBudget() != null) ? Numbers.rounded(view.retryBudget()) : null,
				view.members().stream().map((member) -> MemberDescriptor.of(member, this.problems)).toList(),
				view.details(), view.circuitBreakers().stream().map(CircuitBreakerDescriptor::of).toList(), null,
				withSettings ? settings(client, view) : null);
	}

	private ClientDescriptor notMade(String name) {
		return ClientDescriptor.notMade(name, this.clients.settings(name).protocol(), this.clients.problem(name));
	}

	private Map<String, SettingDescriptor> settings(ClientHandle<?> client, ClientView view) {
		return this.settings.of(view, ClientIntegration.of(client).inapplicable().keySet(),
				this.clients.settings(view.name()));
	}

}
