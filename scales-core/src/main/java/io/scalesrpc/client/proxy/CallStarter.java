package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallDetails;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.InboundRequest;
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
 * @param scopes takes what the threads that make calls have
 */
public record CallStarter(String client, Sink stack, Ticker ticker, CallScope.Source scopes) {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	/** Nobody waits longer than for the request on behalf of which the call is made. */
	Call newCall(BoundMethod method, @Nullable Object @Nullable [] arguments, @Nullable InboundRequest request,
			@Nullable CallScope scope) {
		Deadline own = Deadline.after(method.timeout(), this.ticker.nanos());
		Deadline ofRequest = (request != null) ? request.deadline() : null;
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		Call call = new Call(method.spec(), given, (ofRequest != null) ? own.within(ofRequest) : own, Context.empty(),
				method.spec().options(options(method, request), given));
		call.scope(scope);
		return call;
	}

	private static CallOptions options(BoundMethod method, @Nullable InboundRequest request) {
		int attempt = (request != null) ? request.attempt() : 0;
		return (attempt > 0) ? method.options().with(InboundRequest.ATTEMPT, attempt) : method.options();
	}

	ScalesException exception(Call call, Failure failure, boolean withStackTrace) {
		return ScalesException.of(failure, CallDetails.of(this.client, call, this.ticker.nanos()), withStackTrace);
	}

}
