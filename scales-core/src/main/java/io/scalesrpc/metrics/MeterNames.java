package io.scalesrpc.metrics;

/**
 * The name of every meter. <em>Immutable</em>.
 */
public final class MeterNames {

	/**
	 * Timer of calls as the caller sees them. Tags: client, protocol, method, outcome,
	 * kind.
	 */
	public static final String REQUESTS = "scales.client.requests";

	/** Counter of attempts at members. Tags: client, protocol. */
	public static final String ATTEMPTS = "scales.client.attempts";

	/**
	 * Counter of attempts beyond the first, by how the one before failed (reason
	 * not_sent, connection_lost, timeout, remote), and of those that were due and not
	 * made (reason budget_exhausted, deadline). Tags: client, protocol, reason.
	 */
	public static final String RETRIES = "scales.client.retries";

	/** Gauge of retries the budget would allow now. Tags: client, protocol. */
	public static final String RETRY_BUDGET = "scales.client.retry.budget";

	/**
	 * Counter of attempts withheld from servers that refuse most of them. Tags: client,
	 * protocol.
	 */
	public static final String THROTTLING_WITHHELD = "scales.client.throttling.withheld";

	/** Gauge of the share of attempts that is withheld now. Tags: client, protocol. */
	public static final String THROTTLING_SHARE = "scales.client.throttling.share";

	/** Gauge of calls that the concurrency limit let in. Tags: client, protocol. */
	public static final String CONCURRENCY_IN_FLIGHT = "scales.client.concurrency.in.flight";

	/** Gauge of the concurrency limit. Tags: client, protocol. */
	public static final String CONCURRENCY_LIMIT = "scales.client.concurrency.limit";

	/** Counter of calls the concurrency limit refused. Tags: client, protocol. */
	public static final String CONCURRENCY_REJECTIONS = "scales.client.concurrency.rejections";

	/**
	 * Counter of faults that were injected on purpose. Tags: client, protocol, fault
	 * (latency, failure, nack).
	 */
	public static final String CHAOS = "scales.client.chaos";

	/**
	 * Counter of second attempts sent beside one that took long (event sent), of those
	 * that were answered first (event won), and of those a budget forbade (event
	 * budget_exhausted). Tags: client, protocol, event.
	 */
	public static final String HEDGES = "scales.client.hedges";

	/**
	 * Gauge of seconds after which a second attempt is sent now; not a number while none
	 * is. Tags: client, protocol, method.
	 */
	public static final String HEDGING_DELAY = "scales.client.hedging.delay";

	/** Gauge of members. Tags: client, protocol, state. */
	public static final String MEMBERS = "scales.client.members";

	/**
	 * Gauge of members calls may go to now: those in the window of an aperture. Tags:
	 * client, protocol.
	 */
	public static final String MEMBERS_ACTIVE = "scales.client.members.active";

	/**
	 * Gauge of seconds since the source of members last confirmed them; not a number
	 * before it ever did. Tags: client, protocol.
	 */
	public static final String DISCOVERY_AGE = "scales.client.discovery.age";

	/**
	 * Gauge of entries of the source that are left out because they cannot be read. Tags:
	 * client, protocol.
	 */
	public static final String DISCOVERY_BAD_MEMBERS = "scales.client.discovery.bad.members";

	/**
	 * Gauge of the load that the width of an aperture follows. Tags: client, protocol.
	 */
	public static final String APERTURE_LOAD = "scales.client.aperture.load";

	/**
	 * Counter of calls that found no member, or every member down. Tags: client,
	 * protocol.
	 */
	public static final String UNREACHABLE = "scales.client.unreachable";

	/** Gauge of calls that members have not answered. Tags: client, protocol. */
	public static final String PENDING = "scales.client.pending";

	/** Counter of connections. Tags: client, protocol, event (opened, failed, closed). */
	public static final String CONNECTIONS = "scales.client.connections";

	/**
	 * Timer of opening connections. Tags: client, protocol, outcome (success, failure).
	 */
	public static final String CONNECTING = "scales.client.connecting";

	/**
	 * Gauge of connections in the pools of members, where a connection takes one call at
	 * a time. Tags: client, protocol, state (idle, busy).
	 */
	public static final String POOL_CONNECTIONS = "scales.client.pool.connections";

	/** Gauge of calls that wait for a connection of a pool. Tags: client, protocol. */
	public static final String POOL_WAITING = "scales.client.pool.waiting";

	/** Counter of bytes. Tags: client, protocol, direction (sent, received). */
	public static final String BYTES = "scales.client.bytes";

	/**
	 * Counter of abandoned calls that the server was told to discard. Tags: client,
	 * protocol.
	 */
	public static final String DISCARDS = "scales.client.discards";

	/**
	 * Counter of replies that came after their call had ended. Tags: client, protocol.
	 */
	public static final String LATE_REPLIES = "scales.client.late.replies";

	/**
	 * Gauge of tags that servers still owe an answer for, because their calls were
	 * abandoned. Tags: client, protocol.
	 */
	public static final String OWED_TAGS = "scales.client.owed.tags";

	/** Counter of members taken out by their breaker. Tags: client, protocol. */
	public static final String BREAKER_EJECTIONS = "scales.client.breaker.ejections";

	/** Gauge of members that are out by their breaker. Tags: client, protocol. */
	public static final String BREAKER_OUT = "scales.client.breaker.out";

	/**
	 * Gauge: 1 while breakers are overruled because more than half of the members are out
	 * or down, else 0. Tags: client, protocol.
	 */
	public static final String BREAKER_PANIC = "scales.client.breaker.panic";

	/**
	 * Gauge: 1 for the state a circuit breaker is in, 0 for each of the others. Tags:
	 * client, protocol, scope, state (closed, open, half_open, forced_open, disabled).
	 */
	public static final String CIRCUIT_BREAKER_STATE = "scales.client.circuit.breaker.state";

	/**
	 * Counter of transitions of circuit breakers, by the state they led to. Tags: client,
	 * protocol, scope, state.
	 */
	public static final String CIRCUIT_BREAKER_TRANSITIONS = "scales.client.circuit.breaker.transitions";

	/** Counter of calls a circuit breaker refused. Tags: client, protocol, scope. */
	public static final String CIRCUIT_BREAKER_REJECTED = "scales.client.circuit.breaker.rejected";

	/**
	 * Counter of calls that failed and went to their fallback. Tags: client, protocol,
	 * outcome (success, failure) of the fallback.
	 */
	public static final String FALLBACKS = "scales.client.fallbacks";

	/**
	 * Counter of what became of calls whose results are kept: each is a hit, a miss, or
	 * shared; further a stale result that stood in for a failure, a refresh in the
	 * background, an error of the cache. Tags: client, protocol, result.
	 */
	public static final String CACHE = "scales.client.cache";

	/**
	 * Timer of attempts at one member, if asked for. Tags: client, protocol, member,
	 * outcome (success, declared, failure).
	 */
	public static final String MEMBER_ATTEMPTS = "scales.client.member.attempts";

	/** Gauge of calls at one member, if asked for. Tags: client, protocol, member. */
	public static final String MEMBER_PENDING = "scales.client.member.pending";

	/**
	 * Gauge: 1 while calls may go to one member, 0 while it is down or out; if asked for.
	 * Tags: client, protocol, member.
	 */
	public static final String MEMBER_AVAILABLE = "scales.client.member.available";

	/**
	 * Timer of calls by OpenTelemetry's conventions, if asked for. Tags: scales.client,
	 * rpc.system.name, rpc.method, rpc.status_code, error.type.
	 */
	public static final String RPC_CLIENT_CALL_DURATION = "rpc.client.call.duration";

	/**
	 * Timer of the calls of a server by OpenTelemetry's conventions, if asked for. Tags:
	 * rpc.system.name, rpc.method, rpc.status_code, error.type.
	 */
	public static final String RPC_SERVER_CALL_DURATION = "rpc.server.call.duration";

	/**
	 * Timer of the calls of a server, from the handler's thread taking them to the
	 * answer. Tags: method (unknown for one the server does not have), outcome (success,
	 * error for what the IDL does not declare, rejected for an interceptor's refusal).
	 */
	public static final String SERVER_REQUESTS = "scales.server.requests";

	/** Gauge of the calls of a server that wait or run. */
	public static final String SERVER_ACTIVE = "scales.server.active";

	/** Gauge of the connections of a server. */
	public static final String SERVER_CONNECTIONS = "scales.server.connections";

	/** Counter of connections that a server closed at once: there were too many. */
	public static final String SERVER_CONNECTIONS_REFUSED = "scales.server.connections.refused";

	/** Gauge of the connections whose client does not read its replies. */
	public static final String SERVER_CONNECTIONS_STALLED = "scales.server.connections.stalled";

	/** Counter of requests that a server refused as safe to send again. */
	public static final String SERVER_NACKS = "scales.server.nacks";

	/** Counter of requests whose deadline had passed. */
	public static final String SERVER_EXPIRED = "scales.server.expired";

	/** Counter of requests that their client abandoned. */
	public static final String SERVER_DISCARDS = "scales.server.discards";

	/** Counter of connections closed for bytes that make no sense. */
	public static final String SERVER_PROTOCOL_ERRORS = "scales.server.protocol.errors";

	private MeterNames() {
	}

}
