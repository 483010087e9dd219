package io.scalesrpc.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.Internal;

/**
 * What there is to say of a meter; docs/metrics.md shows it. <em>Immutable</em>.
 *
 * @param name its name, from {@link MeterNames}
 * @param type {@code counter}, {@code gauge} or {@code timer}
 * @param unit its base unit; {@code seconds} for a timer
 * @param tags the keys of its tags, in the order of the table
 * @param description what it shows, in one line
 */
@Internal
public record MeterInfo(String name, String type, String unit, List<String> tags, String description) {

	private static final List<String> OF_CLIENTS = List.of("client", "protocol");

	private static final Map<String, MeterInfo> ALL = new LinkedHashMap<>();

	static {
		timer(MeterNames.REQUESTS, "calls as their callers see them", "method", "outcome", "kind");
		counter(MeterNames.ATTEMPTS, "attempts", "calls sent to members");
		counter(MeterNames.RETRIES, "retries", "attempts beyond the first, by how the one before failed; and those that"
				+ " were due and not made, since the budget was spent or the deadline comes first", "reason");
		gauge(MeterNames.RETRY_BUDGET, "retries", "attempts the budget would allow now");
		counter(MeterNames.THROTTLING_WITHHELD, "attempts", "attempts withheld from servers that refuse most of them");
		gauge(MeterNames.THROTTLING_SHARE, "ratio", "share of the attempts that is withheld now, 0 to 0.75");
		gauge(MeterNames.CONCURRENCY_IN_FLIGHT, "calls", "calls that the concurrency limit let in");
		gauge(MeterNames.CONCURRENCY_LIMIT, "calls", "the concurrency limit");
		counter(MeterNames.CONCURRENCY_REJECTIONS, "rejections", "calls the concurrency limit refused");
		counter(MeterNames.CHAOS, "faults", "faults that were injected on purpose", "fault");
		counter(MeterNames.HEDGES, "hedges",
				"second attempts beside one that took long, those that were answered first, and those a budget forbade",
				"event");
		gauge(MeterNames.HEDGING_DELAY, "seconds",
				"time after which a second attempt is sent now; not a number while none is", "method");
		gauge(MeterNames.MEMBERS, "members", "members", "state");
		gauge(MeterNames.MEMBERS_ACTIVE, "members", "members calls may go to now: those in the window of an aperture");
		gauge(MeterNames.APERTURE_LOAD, "calls", "calls in flight at the members in the window, averaged over the"
				+ " smoothing of the load band: what its width follows");
		counter(MeterNames.UNREACHABLE, "calls", "how often a call found no member, or every member down");
		gauge(MeterNames.DISCOVERY_AGE, "seconds",
				"time since the source of members last confirmed them; not a number before it ever did");
		gauge(MeterNames.DISCOVERY_BAD_MEMBERS, "members",
				"entries of the source that are left out because they cannot be read");
		gauge(MeterNames.PENDING, "calls", "calls at members");
		counter(MeterNames.CONNECTIONS, "connections", "connections opened, not opened, and ended", "event");
		timer(MeterNames.CONNECTING, "how long it took to open connections: name, socket, TLS, handshake", "outcome");
		gauge(MeterNames.POOL_CONNECTIONS, "connections",
				"connections in the pools of members, where a connection takes one call at a time", "state");
		gauge(MeterNames.POOL_WAITING, "calls", "calls that wait for a connection of a pool");
		counter(MeterNames.BYTES, "bytes", "bytes on the wire, before encryption", "direction");
		counter(MeterNames.DISCARDS, "discards", "abandoned calls the server was told of");
		counter(MeterNames.LATE_REPLIES, "replies", "answers to calls that had ended");
		gauge(MeterNames.OWED_TAGS, "tags", "tags of abandoned calls that servers still owe an answer for");
		counter(MeterNames.BREAKER_EJECTIONS, "ejections", "members taken out by their breaker");
		gauge(MeterNames.BREAKER_OUT, "members", "members that are out by their breaker or an operator, panic or not");
		gauge(MeterNames.BREAKER_PANIC, "state",
				"1 while breakers are overruled, because more than half of the members are out or down");
		gauge(MeterNames.CIRCUIT_BREAKER_STATE, "state", "1 for the state a circuit breaker is in, 0 for the others",
				"scope", "state");
		counter(MeterNames.CIRCUIT_BREAKER_TRANSITIONS, "transitions", "transitions to a state", "scope", "state");
		counter(MeterNames.CIRCUIT_BREAKER_REJECTED, "calls", "calls a circuit breaker refused", "scope");
		counter(MeterNames.FALLBACKS, "fallbacks", "calls that failed and went to their fallback", "outcome");
		counter(MeterNames.CACHE, "results",
				"calls whose result may be kept: each is a hit, a miss, or shared another's"
						+ " call; further old results that stood in for a failure, refreshes, errors of the cache",
				"result");
		timer(MeterNames.MEMBER_ATTEMPTS, "attempts at one member; only with member-meters", "member", "outcome");
		gauge(MeterNames.MEMBER_PENDING, "calls", "calls at one member; only with member-meters", "member");
		gauge(MeterNames.MEMBER_AVAILABLE, "state",
				"1 while calls may go to one member, 0 while it is down or out; only with member-meters", "member");
		server("timer", MeterNames.SERVER_REQUESTS, "seconds", "calls from the moment a thread takes them", "method",
				"outcome");
		server("gauge", MeterNames.SERVER_ACTIVE, "calls", "calls that wait or run");
		server("gauge", MeterNames.SERVER_CONNECTIONS, "connections", "connections");
		server("counter", MeterNames.SERVER_CONNECTIONS_REFUSED, "connections",
				"connections closed at once, since there were too many");
		server("gauge", MeterNames.SERVER_CONNECTIONS_STALLED, "connections",
				"connections whose client does not read its replies");
		server("counter", MeterNames.SERVER_NACKS, "nacks",
				"requests refused as safe to send again: no room, or the server drains");
		server("counter", MeterNames.SERVER_EXPIRED, "requests",
				"requests whose deadline had passed, before or while their handler ran");
		server("counter", MeterNames.SERVER_DISCARDS, "discards", "requests that their client abandoned");
		server("counter", MeterNames.SERVER_PROTOCOL_ERRORS, "errors",
				"connections closed for bytes that make no sense");
		server("timer", MeterNames.RPC_CLIENT_CALL_DURATION, "seconds",
				"duration of an outgoing call, by OpenTelemetry's conventions; only with rpc-meters", "scales.client",
				"rpc.system.name", "rpc.method", "rpc.status_code", "error.type");
		server("timer", MeterNames.RPC_SERVER_CALL_DURATION, "seconds",
				"duration of an incoming call, by OpenTelemetry's conventions; only with rpc-meters", "rpc.system.name",
				"rpc.method", "rpc.status_code", "error.type");
	}

	/**
	 * What there is to say of a meter.
	 * @param name its name, from {@link MeterNames}
	 * @return its description
	 * @throws IllegalArgumentException if Scales has no such meter
	 */
	public static MeterInfo of(String name) {
		MeterInfo found = ALL.get(name);
		if (found == null) {
			throw new IllegalArgumentException("meter: " + name + " (expected: one of MeterNames)");
		}
		return found;
	}

	/**
	 * All meters.
	 * @return in the order of the table
	 */
	public static Collection<MeterInfo> all() {
		return List.copyOf(ALL.values());
	}

	private static void timer(String name, String description, String... tags) {
		client("timer", name, "seconds", description, tags);
	}

	private static void counter(String name, String unit, String description, String... tags) {
		client("counter", name, unit, description, tags);
	}

	private static void gauge(String name, String unit, String description, String... tags) {
		client("gauge", name, unit, description, tags);
	}

	private static void client(String type, String name, String unit, String description, String... tags) {
		List<String> all = new ArrayList<>(OF_CLIENTS);
		all.addAll(List.of(tags));
		ALL.put(name, new MeterInfo(name, type, unit, List.copyOf(all), description));
	}

	private static void server(String type, String name, String unit, String description, String... tags) {
		ALL.put(name, new MeterInfo(name, type, unit, List.of(tags), description));
	}

}
