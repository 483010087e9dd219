package io.scalesrpc.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one member of a client. All are made when it joins, so that what ends
 * after it has left makes none. <em>Thread-safe</em>.
 */
final class MemberMeters {

	private final Timer[] attempts = new Timer[Result.values().length];

	private final List<Meter> meters = new ArrayList<>();

	<T> MemberMeters(ClientMetrics metrics, String member, T source, ToDoubleFunction<T> pending,
			ToDoubleFunction<T> available) {
		Tags tags = Tags.of("member", member);
		for (Result result : Result.values()) {
			Timer timer = metrics.timer(MeterNames.MEMBER_ATTEMPTS, tags.and("outcome", result.tag()));
			this.attempts[result.ordinal()] = timer;
			this.meters.add(timer);
		}
		this.meters.add(metrics.newGauge(MeterNames.MEMBER_PENDING, tags, source, pending));
		this.meters.add(metrics.newGauge(MeterNames.MEMBER_AVAILABLE, tags, source, available));
	}

	void attempt(Outcome outcome, long nanos) {
		this.attempts[Result.of(outcome).ordinal()].record(nanos, TimeUnit.NANOSECONDS);
	}

	List<Meter> meters() {
		return this.meters;
	}

	/** How a call or an attempt ended, in three words. */
	enum Result {

		SUCCESS, DECLARED, FAILURE;

		static Result of(Outcome outcome) {
			return of((outcome instanceof Failure failure) ? failure.kind() : null);
		}

		/** Null stands for a reply. */
		static Result of(@Nullable FailureKind kind) {
			return (kind == null) ? SUCCESS : (kind == FailureKind.DECLARED) ? DECLARED : FAILURE;
		}

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
