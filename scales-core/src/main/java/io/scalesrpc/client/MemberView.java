package io.scalesrpc.client;

import java.time.Duration;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.RecentAttempts;
import org.jspecify.annotations.Nullable;

/**
 * A member as its client sees it at one moment. <em>Immutable</em>.
 *
 * @param address host and port
 * @param zone where it stands; empty if nobody knows
 * @param weight its share of the traffic; 1 is normal
 * @param state how ready it is
 * @param load its calls in flight, as the balancer counts them
 * @param active whether calls may go there now: whether it is in the window of an
 * aperture
 * @param problem what is the matter with it, for people; empty if nothing is
 * @param problemFor how long that has been the matter; {@code null} if nothing is, or
 * nobody knows
 * @param connections how many there are to it; {@code null} if nobody knows
 * @param recent how attempts went in the last minute
 */
public record MemberView(String address, String zone, double weight, SinkState state, int load, boolean active,
		String problem, @Nullable Duration problemFor, @Nullable Integer connections, RecentAttempts recent) {
}
