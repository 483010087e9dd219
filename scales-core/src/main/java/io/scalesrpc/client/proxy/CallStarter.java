package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallDetails;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The top of a client's stack: makes calls, sends them down, and makes the exceptions of
 * those that failed. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param stack where calls go
 * @param ticker tells when they begin and how long they took
 */
public record CallStarter(String client, Sink stack, Ticker ticker) {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	Call newCall(MethodSpec method, @Nullable Object @Nullable [] arguments, long timeoutNanos) {
		Deadline deadline = new Deadline(this.ticker.nanos(), timeoutNanos);
		return new Call(method, (arguments != null) ? arguments : NO_ARGUMENTS, deadline, Context.empty());
	}

	ScalesException exception(Call call, Failure failure, boolean withStackTrace) {
		return ScalesException.of(failure, CallDetails.of(this.client, call, this.ticker.nanos()), withStackTrace);
	}

}
