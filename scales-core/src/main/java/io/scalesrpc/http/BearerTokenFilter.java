package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls a bearer token (RFC 6750), as header {@code Authorization} of HTTP and
 * Kafka, or as a context of ThriftMux. A server of HTTP that answers 401 is asked once
 * more with a new token: it did nothing. A call that has such a header from its caller
 * keeps it. Made for the clients of one service: whoever has the token can act with it.
 *
 * <pre>{@code
 * ScalesClients.builder(UserClient.class).filter(BearerTokenFilter.of(tokens::current).refreshedBy(tokens::renew))
 * }</pre>
 *
 * <em>Thread-safe</em>.
 */
public final class BearerTokenFilter implements CallFilter {

	/** How many calls may wait for a new token. */
	static final int MAX_WAITING = 1024;

	private static final String HEADER = "Authorization";

	private static final String SCHEME = "Bearer ";

	private static final int UNAUTHORIZED = 401;

	private final Supplier<String> tokens;

	private final Supplier<? extends CompletionStage<?>> renewal;

	/** The renewal that is under way. */
	private final AtomicReference<@Nullable CompletableFuture<?>> renewing = new AtomicReference<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private BearerTokenFilter(Supplier<String> tokens, Supplier<? extends CompletionStage<?>> renewal) {
		this.tokens = tokens;
		this.renewal = renewal;
	}

	/**
	 * A filter with tokens from somewhere.
	 * @param tokens gives the token to be sent; asked for each call on the thread of its
	 * caller, and once more after a 401, so that it must not block. What it throws fails
	 * the call as not sent
	 * @return the filter
	 */
	public static BearerTokenFilter of(Supplier<String> tokens) {
		return new BearerTokenFilter(tokens, () -> CompletableFuture.completedFuture(null));
	}

	/**
	 * The same filter with somebody who gets a new token after a 401.
	 * @param newRenewal begins to get one; it must not block. Calls that were refused
	 * wait for the one renewal, 1024 at most, and no longer than their deadlines
	 * @return a new filter
	 */
	public BearerTokenFilter refreshedBy(Supplier<? extends CompletionStage<?>> newRenewal) {
		return new BearerTokenFilter(this.tokens, newRenewal);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (call.isEnded() || call.context().get(HEADER) != null) {
			next.dispatch(call);
			return;
		}
		String token = token(call);
		if (token != null) {
			send(call, next, token, (outcome) -> ended(call, next, token, outcome));
		}
	}

	/** Null if there is none, and the call has ended. */
	private @Nullable String token(Call call) {
		try {
			String token = this.tokens.get();
			if (token != null && !token.isBlank()) {
				return token;
			}
			call.end(Failure.withheld("token: none (expected: one from the supplier of the filter)"));
		}
		catch (Throwable ex) {
			call.end(new Failure(FailureKind.NOT_SENT, "token: " + ex, ex, true));
		}
		return null;
	}

	/** An attempt, since a refusal is not to be the outcome of the call. */
	private static void send(Call call, Sink next, String token, After after) {
		Call attempt = call.attempt(call.deadline(), (ended, outcome) -> after.ended(outcome));
		attempt.context(call.context().with(HEADER, (SCHEME + token).getBytes(StandardCharsets.UTF_8)));
		next.dispatch(attempt);
	}

	private void ended(Call call, Sink next, String token, Outcome outcome) {
		if (call.isEnded() || !isRefused(outcome)) {
			call.end(outcome);
		}
		else if (isOutdated(token)) {
			// It was renewed while this call was on its way.
			again(call, next, token, outcome);
		}
		else if (this.waiting.incrementAndGet() > MAX_WAITING) {
			this.waiting.decrementAndGet();
			call.end(outcome);
		}
		else {
			call.onOutcome((over, its) -> this.waiting.decrementAndGet());
			renewed().whenComplete((nothing, ex) -> again(call, next, token, outcome));
		}
	}

	private boolean isOutdated(String token) {
		try {
			return !token.equals(this.tokens.get());
		}
		catch (Throwable ex) {
			// Whoever sends it again will say so.
			return false;
		}
	}

	private static boolean isRefused(Outcome outcome) {
		if (outcome instanceof Failure failure) {
			ScalesHttpResponse answer = (failure.cause() instanceof HttpStatusException refusal) ? refusal.response()
					: null;
			return answer != null && answer.status() == UNAUTHORIZED;
		}
		return outcome instanceof Reply reply && reply.value() instanceof ScalesHttpResponse response
				&& response.status() == UNAUTHORIZED;
	}

	/** One renewal at a time is enough for all. */
	private CompletionStage<?> renewed() {
		CompletableFuture<?> mine = new CompletableFuture<>();
		CompletableFuture<?> underWay = this.renewing.compareAndExchange(null, mine);
		if (underWay != null) {
			return underWay;
		}
		try {
			this.renewal.get().whenComplete((nothing, ex) -> over(mine));
		}
		catch (Throwable ex) {
			// The token that there is may be another one all the same.
			over(mine);
		}
		return mine;
	}

	private void over(CompletableFuture<?> done) {
		this.renewing.set(null);
		done.complete(null);
	}

	/** The same token would be refused again. */
	private void again(Call call, Sink next, String refused, Outcome refusal) {
		if (call.isEnded()) {
			StreamingReply.giveUp(refusal);
			return;
		}
		String token = token(call);
		if (token == null || token.equals(refused)) {
			call.end(refusal);
			return;
		}
		StreamingReply.giveUp(refusal);
		send(call, next, token, call::end);
	}

	/** What becomes of an attempt. */
	@FunctionalInterface
	private interface After {

		void ended(Outcome outcome);

	}

}
