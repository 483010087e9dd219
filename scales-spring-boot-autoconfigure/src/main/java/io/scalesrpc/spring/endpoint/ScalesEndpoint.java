package io.scalesrpc.spring.endpoint;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.scalesrpc.call.Checks;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberControl;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.convert.DurationStyle;

/**
 * The endpoint {@code scales}: all clients and the application's own server, or one
 * client; and what operators change of circuit breakers, members and settings, which they
 * may only where {@code management.endpoint.scales.access} is {@code unrestricted}. Every
 * change, and every one that was refused, is an audit event. <em>Thread-safe</em>.
 */
@Endpoint(id = "scales", defaultAccess = Access.READ_ONLY)
public final class ScalesEndpoint {

	private final ScalesClientRegistry clients;

	private final Supplier<Transport> transport;

	private final EffectiveSettings settings;

	private final Function<Boolean, @Nullable ServerDescriptor> server;

	private final Clock clock;

	private final Problems problems;

	private final Consumer<AuditEvent> audit;

	ScalesEndpoint(ScalesClientRegistry clients, Supplier<Transport> transport, EffectiveSettings settings,
			Function<Boolean, @Nullable ServerDescriptor> server, Clock clock, Consumer<AuditEvent> audit) {
		this.audit = audit;
		this.clients = clients;
		this.transport = transport;
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
		String refused = this.clients.refusedSettings();
		if (refused != null) {
			wrong.add(new ProblemDescriptor("*", "settings", null, refused, null));
		}
		wrong.sort(ProblemDescriptor.WORST_FIRST);
		return new Overview(this.clock.instant().truncatedTo(ChronoUnit.MILLIS), wrong, all,
				this.server.apply(withSettings), this.transport.get().toString());
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
	 * @param client the client's name
	 * @param state closed, open, half-open, forced-open or disabled
	 * @param scope the method whose breaker it is; that of all methods if it is missing
	 * @param security tells who asks; last, since over JMX it is one more that is left
	 * empty
	 * @return the client as it is then
	 * @throws InvalidEndpointRequestException if there is no such client or breaker
	 */
	@WriteOperation
	public ClientDescriptor setCircuitBreaker(@Selector String client, CircuitState state, @Nullable String scope,
			SecurityContext security) {
		String breaker = (scope != null) ? scope : CircuitBreakers.ALL;
		return change(
				new Change(security.getPrincipal(), "SCALES_CIRCUIT_BREAKER", client, breaker, state.toString(), null),
				(who) -> this.clients.client(client).circuitBreakers().set(breaker, state, who));
	}

	/**
	 * Drains, ejects or restores a member, or sets a setting for a time.
	 * @param client the client's name
	 * @param target members or settings
	 * @param name the member's address, or the setting's name below the client, such as
	 * {@code retry.max-attempts}
	 * @param value drain, eject or restore; or what the setting is to be
	 * @param duration for how long, such as {@code 10m}; until it is restored if it is
	 * missing
	 * @param security tells who asks; last, since over JMX it is one more that is left
	 * empty
	 * @return the client as it is then
	 * @throws InvalidEndpointRequestException if there is no such thing, or the value is
	 * not right; nothing has changed
	 */
	@WriteOperation
	public ClientDescriptor change(@Selector String client, @Selector Target target, @Selector String name,
			String value, @Nullable String duration, SecurityContext security) {
		if (target == Target.SETTINGS) {
			return change(new Change(security.getPrincipal(), "SCALES_SETTING", client, name, value, duration),
					(who) -> this.clients.override(client, name, value, duration(duration), who));
		}
		return change(new Change(security.getPrincipal(), "SCALES_MEMBER", client, name, value, duration), (who) -> {
			MemberControl members = this.clients.client(client).members();
			switch (MemberAction.of(value)) {
				case DRAIN -> members.drain(name, duration(duration), who);
				case EJECT -> members.eject(name, duration(duration), who);
				case RESTORE -> {
					Checks.require(duration(duration) == null, "duration", String.valueOf(duration),
							"none with restore");
					members.restore(name, who);
				}
			}
		});
	}

	/**
	 * Gives back a member that was taken out, or a setting that was set for a time.
	 * @param client the client's name
	 * @param target members or settings
	 * @param name the member's address, or the setting's name below the client
	 * @param security tells who asks; last, since over JMX it is one more that is left
	 * empty
	 * @return the client as it is then
	 * @throws InvalidEndpointRequestException if there is no such thing
	 */
	@DeleteOperation
	public ClientDescriptor restore(@Selector String client, @Selector Target target, @Selector String name,
			SecurityContext security) {
		String type = (target == Target.SETTINGS) ? "SCALES_SETTING" : "SCALES_MEMBER";
		return change(new Change(security.getPrincipal(), type, client, name, "restore", null), (who) -> {
			if (target == Target.SETTINGS) {
				this.clients.endOverride(client, name, who);
			}
			else {
				this.clients.client(client).members().restore(name, who);
			}
		});
	}

	/** Does it and has it audited, done or refused. */
	private ClientDescriptor change(Change change, Consumer<String> action) {
		try {
			action.accept(name(change.by()));
		}
		catch (RuntimeException ex) {
			String text = ScalesConfigurationException.text(ex);
			this.audit.accept(change.event(text));
			throw new InvalidEndpointRequestException(text, text, ex);
		}
		this.audit.accept(change.event(null));
		return describe(change.client(), change.type().equals("SCALES_SETTING"));
	}

	/** As text, since JMX consoles know no durations. */
	private static @Nullable Duration duration(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		try {
			return DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("duration: " + text + " (expected: a time such as 10m)", ex);
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
