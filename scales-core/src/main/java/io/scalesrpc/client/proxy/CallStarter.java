package io.scalesrpc.client.proxy;

import java.time.Duration;

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

	/** A call of whose treatment the caller says nothing. */
	Call newCall(BoundMethod method, @Nullable Object @Nullable [] arguments, @Nullable InboundRequest request,
			@Nullable CallScope scope) {
		MethodTerms terms = method.terms().get();
		return newCall(method, arguments, request, scope, terms.timeout(), terms.options(), Context.empty());
	}

	/**
	 * A call of whose treatment the caller says something.
	 * @param said what is around the call and in its parameter
	 */
	Call newCall(BoundMethod method, @Nullable Object @Nullable [] arguments, @Nullable InboundRequest request,
			@Nullable CallScope scope, CallOptions said) {
		MethodTerms terms = method.terms().get();
		Duration timeout = said.timeout();
		CallOptions heeded = method.heeded(said);
		return newCall(method, arguments, said.isDetached() ? null : request, scope,
				(timeout != null) ? timeout : terms.timeout(), terms.options().withAll(heeded), said.headers());
	}

	/** Nobody waits longer than for the request on behalf of which the call is made. */
	private Call newCall(BoundMethod method, @Nullable Object @Nullable [] arguments, @Nullable InboundRequest request,
			@Nullable CallScope scope, Duration timeout, CallOptions options, Context context) {
		Deadline own = Deadline.after(timeout, this.ticker.nanos());
		Deadline ofRequest = (request != null) ? request.deadline() : null;
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		int attempt = (request != null) ? request.attempt() : 0;
		CallOptions configured = (attempt > 0) ? options.with(InboundRequest.ATTEMPT, attempt) : options;
		Call call = new Call(method.spec(), given, (ofRequest != null) ? own.within(ofRequest) : own, context,
				method.spec().options(configured, given));
		call.scope(scope);
		return call;
	}

	ScalesException exception(Call call, Failure failure, boolean withStackTrace) {
		return ScalesException.of(failure, CallDetails.of(this.client, call, this.ticker.nanos()), withStackTrace);
	}

}
