package io.scalesrpc.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * Something that is counted. <em>Immutable</em>.
 */
public enum Event {

	/** A call was sent to a member. */
	ATTEMPT(MeterNames.ATTEMPTS),

	/** A call that no server had processed was sent again. */
	RETRIED_NOT_SENT(MeterNames.RETRIES, "reason", "not_sent"),

	/** A call was sent again after its connection was lost. */
	RETRIED_CONNECTION_LOST(MeterNames.RETRIES, "reason", "connection_lost"),

	/** A call was sent again after an attempt took too long. */
	RETRIED_TIMEOUT(MeterNames.RETRIES, "reason", "timeout"),

	/** A call was sent again after a server failed. */
	RETRIED_REMOTE(MeterNames.RETRIES, "reason", "remote"),

	/** A retry was due, but the budget was spent. */
	BUDGET_EXHAUSTED(MeterNames.RETRIES, "reason", "budget_exhausted"),

	/** An attempt was withheld from servers that refuse most of them. */
	WITHHELD(MeterNames.THROTTLING_WITHHELD),

	/** A call was refused because too many are in flight. */
	OVER_LIMIT(MeterNames.CONCURRENCY_REJECTIONS),

	/** An attempt was held back on purpose. */
	CHAOS_LATENCY(MeterNames.CHAOS, "fault", "latency"),

	/** An attempt was made to fail on purpose. */
	CHAOS_FAILURE(MeterNames.CHAOS, "fault", "failure"),

	/** It was pretended that a server refused an attempt. */
	CHAOS_NACK(MeterNames.CHAOS, "fault", "nack"),

	/** A retry was due, but its back-off would have ended after the deadline. */
	RETRY_TOO_LATE(MeterNames.RETRIES, "reason", "deadline"),

	/** A second attempt was sent beside one that took long. */
	HEDGED(MeterNames.HEDGES, "event", "sent"),

	/** A second attempt was answered before the first. */
	HEDGE_WON(MeterNames.HEDGES, "event", "won"),

	/** A second attempt was due, but a budget was spent. */
	HEDGE_REFUSED(MeterNames.HEDGES, "event", "budget_exhausted"),

	/** A call found no member, or every member down; it may do so more than once. */
	UNREACHABLE(MeterNames.UNREACHABLE),

	/** A connection was established. */
	CONNECTION_OPENED(MeterNames.CONNECTIONS, "event", "opened"),

	/** A connection could not be established. */
	CONNECTION_FAILED(MeterNames.CONNECTIONS, "event", "failed"),

	/** An established connection ended. */
	CONNECTION_CLOSED(MeterNames.CONNECTIONS, "event", "closed"),

	/** Bytes were written. */
	BYTES_SENT(MeterNames.BYTES, "direction", "sent"),

	/** Bytes were read. */
	BYTES_RECEIVED(MeterNames.BYTES, "direction", "received"),

	/** The server was told that an answer is no longer wanted. */
	DISCARDED(MeterNames.DISCARDS),

	/** An answer came for a call that had ended, or for none. */
	LATE_REPLY(MeterNames.LATE_REPLIES),

	/** A member was taken out by its breaker. */
	EJECTED(MeterNames.BREAKER_EJECTIONS),

	/** A fallback answered a call that failed. */
	FALLBACK_ANSWERED(MeterNames.FALLBACKS, "outcome", "success"),

	/** A fallback failed, too. */
	FALLBACK_FAILED(MeterNames.FALLBACKS, "outcome", "failure"),

	/** A kept result answered a call. */
	CACHE_HIT(MeterNames.CACHE, "result", "hit"),

	/** No result was kept, or one that is too old: a call was made. */
	CACHE_MISS(MeterNames.CACHE, "result", "miss"),

	/** A call waited for another that asks for the same. */
	CACHE_SHARED(MeterNames.CACHE, "result", "shared"),

	/** An old result stood in for a failure. */
	CACHE_STALE(MeterNames.CACHE, "result", "stale"),

	/** A result that still answers was asked for anew. */
	CACHE_REFRESH(MeterNames.CACHE, "result", "refresh"),

	/** A cache failed or took too long. */
	CACHE_ERROR(MeterNames.CACHE, "result", "error");

	private final String meter;

	private final Tags tags;

	Event(String meter, String... tags) {
		this.meter = meter;
		this.tags = Tags.of(tags);
	}

	/** Whether {@link ClientMetrics#watch} tells of it. */
	boolean isWatched() {
		return switch (this) {
			case RETRIED_NOT_SENT, RETRIED_CONNECTION_LOST, RETRIED_TIMEOUT, RETRIED_REMOTE, BUDGET_EXHAUSTED, WITHHELD,
					OVER_LIMIT ->
				true;
			default -> false;
		};
	}

	String meter() {
		return this.meter;
	}

	Tags tags() {
		return this.tags;
	}

}
