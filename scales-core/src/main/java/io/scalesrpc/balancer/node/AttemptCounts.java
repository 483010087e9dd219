package io.scalesrpc.balancer.node;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.time.MinuteCounts;

/**
 * How the attempts sent to one member went in the last minute, for people to read. Two
 * additions an attempt, to numbers that only calls of this member write.
 * <em>Thread-safe</em>.
 */
final class AttemptCounts {

	private static final int ANSWERS = 0;

	private static final int NANOS = 1;

	private static final int FAILURES = 2;

	private final MinuteCounts counts;

	AttemptCounts(long now) {
		this.counts = new MinuteCounts(FAILURES + 1, now);
	}

	void ended(Call call, Outcome outcome, long nanos, long now) {
		if (outcome.answered()) {
			int place = this.counts.place(now);
			this.counts.add(place, ANSWERS, 1);
			this.counts.add(place, NANOS, nanos);
		}
		else if (outcome instanceof Failure failure && wasSent(failure) && call.blamesServer(failure)) {
			this.counts.add(this.counts.place(now), FAILURES, 1);
		}
	}

	/** That there is no connection is told elsewhere. */
	private static boolean wasSent(Failure failure) {
		return failure.kind() != FailureKind.NOT_SENT || failure.nack();
	}

	RecentAttempts view(long now) {
		long answers = this.counts.sum(ANSWERS, now);
		long failures = this.counts.sum(FAILURES, now);
		Duration latency = (answers > 0) ? Duration.ofNanos(this.counts.sum(NANOS, now) / answers) : null;
		return new RecentAttempts(answers + failures, failures, latency);
	}

}
