package io.scalesrpc.spring.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.client.operations.LastMinute;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a client now, in what can be seen of it. <em>Immutable</em>.
 *
 * @param clock tells the time
 */
record Problems(Clock clock) {

	/** The worst first. */
	static final List<String> ORDER = List.of("client", "members", "circuit-breaker", "failures", "retries", "member",
			"throttling", "concurrency-limit", "settings", "source");

	/** Of a client with hundreds of members that are out the first are enough. */
	private static final int MAX_MEMBERS = 3;

	/** One failure among thousands of calls is no problem. */
	private static final double WORTH_TELLING = 0.01;

	/** What the caller did, or the service meant. */
	private static final Set<FailureKind> NOBODYS_FAULT = EnumSet.of(FailureKind.DECLARED, FailureKind.CANCELLED);

	List<ProblemDescriptor> of(ClientView view) {
		List<ProblemDescriptor> found = new ArrayList<>();
		addMembers(view, found);
		for (CircuitBreakerView breaker : view.circuitBreakers()) {
			if (!breaker.problem().isEmpty()) {
				found.add(new ProblemDescriptor(view.name(), "circuit-breaker", breaker.scope(), breaker.problem(),
						before(breaker.age())));
			}
		}
		LastMinute minute = view.lastMinute();
		addFailures(view.name(), minute, found);
		add(view.name(), "retries", minute.refusedRetries(),
				"retries of the last minute that were not made since the budget is spent", found);
		add(view.name(), "throttling", minute.withheld(),
				"attempts of the last minute that were withheld since servers refuse most of them", found);
		add(view.name(), "concurrency-limit", minute.overLimit(),
				"calls of the last minute that were refused since too many are in flight", found);
		String error = view.source().lastError();
		if (error != null) {
			found.add(new ProblemDescriptor(view.name(), "source", null, PeerText.printable(error),
					before(view.source().age())));
		}
		if (view.source().badMembers() > 0) {
			add(view.name(), "source", view.source().badMembers(), "entries of the source that cannot be read", found);
		}
		return found;
	}

	/** Members that are being connected for the first time are no problem. */
	private void addMembers(ClientView view, List<ProblemDescriptor> found) {
		List<MemberView> out = view.members().stream().filter(Problems::isOut).toList();
		if (!out.isEmpty() && out.size() == view.members().size()) {
			found.add(new ProblemDescriptor(view.name(), "members", null,
					"no member takes calls: all " + out.size() + " are out", before(out.get(0).problemFor())));
		}
		out.stream()
			.limit(MAX_MEMBERS)
			.forEach((member) -> found.add(new ProblemDescriptor(view.name(), "member", member.address(),
					member.problem(), before(member.problemFor()))));
		add(view.name(), "member", out.size() - MAX_MEMBERS, "more members that are out", found);
	}

	private static boolean isOut(MemberView member) {
		return !member.problem().isEmpty() && (member.state() == SinkState.CLOSED || member.state() == SinkState.BUSY);
	}

	private static void addFailures(String client, LastMinute minute, List<ProblemDescriptor> found) {
		StringJoiner kinds = new StringJoiner(", ");
		long failures = 0;
		for (FailureKind kind : FailureKind.values()) {
			long count = minute.failures().getOrDefault(kind, 0L);
			if (count > 0 && !NOBODYS_FAULT.contains(kind)) {
				failures += count;
				kinds.add(kind.name().toLowerCase(Locale.ROOT) + " " + count);
			}
		}
		if (failures > 0 && failures >= WORTH_TELLING * minute.calls()) {
			found.add(new ProblemDescriptor(client, "failures", null,
					failures + " of " + minute.calls() + " calls of the last minute failed: " + kinds, null));
		}
	}

	private static void add(String client, String about, long count, String text, List<ProblemDescriptor> found) {
		if (count > 0) {
			found.add(new ProblemDescriptor(client, about, null, count + " " + text, null));
		}
	}

	@Nullable Instant before(@Nullable Duration time) {
		return (time != null) ? this.clock.instant().minus(time).truncatedTo(ChronoUnit.MILLIS) : null;
	}

}
