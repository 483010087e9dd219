package io.scalesrpc.spring.endpoint;

import java.time.Instant;
import java.util.Locale;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.metrics.RecentAttempts;
import org.jspecify.annotations.Nullable;

/**
 * A member as the endpoint shows it. <em>Immutable</em>.
 *
 * @param address host and port
 * @param zone where it stands; absent if nobody knows
 * @param weight its share of the traffic; 1 is normal
 * @param state how ready it is: open, idle, busy or closed
 * @param load its calls in flight, as the balancer counts them
 * @param active whether calls may go there now: whether it is in the window of an
 * aperture
 * @param connections how many there are to it; absent if nobody knows
 * @param attempts those of the last minute that were answered or failed
 * @param successRate the share of them that was answered, from 0 to 1; absent if there
 * was none
 * @param latencyMillis how long answers took on average in the last minute, in
 * milliseconds; absent if there was none
 * @param problem what is the matter with it; absent if nothing is
 * @param since since when that is the matter; absent if nothing is, or nobody knows
 */
public record MemberDescriptor(String address, @Nullable String zone, double weight, String state, int load,
		boolean active, @Nullable Integer connections, long attempts, @Nullable Double successRate,
		@Nullable Double latencyMillis, @Nullable String problem, @Nullable Instant since) {

	static MemberDescriptor of(MemberView view, Problems problems) {
		RecentAttempts recent = view.recent();
		Double successRate = (recent.attempts() > 0)
				? Numbers.rounded(1 - (double) recent.failures() / recent.attempts()) : null;
		boolean isWell = view.problem().isEmpty();
		return new MemberDescriptor(view.address(), view.zone().isEmpty() ? null : view.zone(), view.weight(),
				text(view.state()), view.load(), view.active(), view.connections(), recent.attempts(), successRate,
				Numbers.millis(recent.latency()), isWell ? null : view.problem(),
				isWell ? null : problems.before(view.problemFor()));
	}

	static String text(SinkState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
