package io.scalesrpc.testing;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.time.Ticker;

/**
 * Makes calls for tests. A call that has not ended when the test is over fails it (see
 * {@link LeakCheckExtension}). <em>Thread-safe</em>.
 */
public final class Calls {

	/** The method that is called when the test does not care. */
	public static final MethodSpec METHOD = new TestMethod("add");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private Calls() {
	}

	/**
	 * A call whose deadline does not matter.
	 * @return the call
	 */
	public static Call call() {
		return watched(unwatched());
	}

	/**
	 * A call that may take ten seconds.
	 * @param ticker tells when it begins
	 * @return the call
	 */
	public static Call call(Ticker ticker) {
		return call(ticker, TIMEOUT);
	}

	/**
	 * A call with a deadline.
	 * @param ticker tells when it begins
	 * @param timeout how long it may take
	 * @return the call
	 */
	public static Call call(Ticker ticker, Duration timeout) {
		return call(METHOD, Deadline.after(timeout, ticker.nanos()), 1, 2);
	}

	/**
	 * A call of a method.
	 * @param method what to call
	 * @param deadline when it must have ended
	 * @param arguments its arguments
	 * @return the call
	 */
	public static Call call(MethodSpec method, Deadline deadline, Object... arguments) {
		return watched(new Call(method, arguments, deadline, Context.empty()));
	}

	/**
	 * A call that a test may leave unfinished, for tests that make very many or that are
	 * about unfinished calls.
	 * @return the call
	 */
	public static Call unwatched() {
		return new Call(METHOD, new Object[] { 1, 2 }, new Deadline(0, Long.MAX_VALUE / 2), Context.empty());
	}

	/**
	 * A call with a deadline that a test may leave unfinished.
	 * @param ticker tells when it begins
	 * @param timeout how long it may take
	 * @return the call
	 */
	public static Call unwatched(Ticker ticker, Duration timeout) {
		return new Call(METHOD, new Object[] { 1, 2 }, Deadline.after(timeout, ticker.nanos()), Context.empty());
	}

	private static Call watched(Call call) {
		LeakWatch.expect(() -> "unfinished call " + call.method().name() + " to " + call.target(), call::isEnded);
		return call;
	}

}
