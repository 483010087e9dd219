package io.scalesrpc.call;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an exception tells of the call that failed. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param method the service and the method, for example {@code Calculator.add}
 * @param member whom the call was last sent to, or {@code null} if nobody was chosen
 * @param attempts how often it was sent, zero or more
 * @param elapsed how long the call took until it failed
 * @param timeout how long it was allowed to take
 */
public record CallDetails(String client, String method, @Nullable String member, int attempts, Duration elapsed,
		Duration timeout) implements Serializable {

	/**
	 * Notes what a call that ended now looks like.
	 * @param client the client's name
	 * @param call the call
	 * @param nowNanos the reading now of the ticker that the call's deadline is of
	 * @return its details
	 */
	public static CallDetails of(String client, Call call, long nowNanos) {
		Object target = call.target();
		Deadline deadline = call.deadline();
		return new CallDetails(client, name(call.method()), (target != null) ? target.toString() : null,
				call.attempts(), Duration.ofNanos(Math.max(0, deadline.elapsedNanos(nowNanos))),
				Duration.ofNanos(deadline.timeoutNanos()));
	}

	/**
	 * Tells a failure in one line fit for a log.
	 * @param reason what happened
	 * @return for example {@code [calculator] Calculator.add: no answer within 30 ms
	 * (member 127.0.0.1:9090, attempts 1, elapsed 31 ms, timeout 30 ms)}
	 */
	public String describe(String reason) {
		return "[" + this.client + "] " + this.method + ": " + reason + " ("
				+ ((this.member != null) ? "member " + this.member : "no member") + ", attempts " + this.attempts
				+ ", elapsed " + text(this.elapsed) + ", timeout " + text(this.timeout) + ")";
	}

	/** Generated classes are named with their package, which makes a line long. */
	private static String name(MethodSpec method) {
		String service = method.service();
		return service.substring(service.lastIndexOf('.') + 1) + "." + method.name();
	}

	private static String text(Duration duration) {
		long millis = duration.toMillis();
		return (millis >= 1 || duration.isZero()) ? millis + " ms" : duration.toNanos() / 1000 + " us";
	}

}
