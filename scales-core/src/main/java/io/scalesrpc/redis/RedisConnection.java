package io.scalesrpc.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionEnd;

/**
 * A connection as the stack sees it: encodes calls on the thread that dispatches them and
 * hands them over to the session's event loop. <em>Thread-safe</em>.
 */
final class RedisConnection implements Connection {

	/** What was read before is no part of what would be read now. */
	private static final Failure CURSOR_LOST = new Failure(FailureKind.UNKNOWN,
			"the connection that the scan began on was lost, and its cursor means nothing on another, where the"
					+ " server may be another (expected: a scan that begins anew)",
			null, true);

	private final RedisSession session;

	private final SessionTerms terms;

	private final ConnectionEnd end;

	RedisConnection(RedisSession session, SessionTerms terms) {
		this.session = session;
		this.terms = terms;
		this.end = new ConnectionEnd(session, terms.timer());
	}

	@Override
	public void dispatch(Call call) {
		String refusal = this.session.occupancy().begin();
		if (refusal != null) {
			this.end.refuse(call, refusal, this.session.occupancy());
			return;
		}
		Exchange exchange = exchange(call);
		if (exchange != null) {
			call.onOutcome(exchange);
			send(exchange, call);
		}
	}

	/** Encodes a command, or ends its call. */
	private @Nullable Exchange exchange(Call call) {
		try {
			RedisMethod method = (RedisMethod) call.method();
			if (!method.fits(call.arguments(), this.session)) {
				this.session.occupancy().finished();
				call.end(CURSOR_LOST);
				return null;
			}
			byte[] bytes = method.encode(call.arguments(), this.terms.limits().maxFrameBytes());
			return new Exchange(this.session, call, method.keyword(call.arguments()), bytes);
		}
		catch (Throwable ex) {
			this.session.occupancy().finished();
			call.end(Failure.of(FailureKind.BUG, "command that cannot be encoded: " + ex.getMessage(), ex));
			return null;
		}
	}

	private void send(Exchange exchange, Call call) {
		try {
			this.session.channel().eventLoop().execute(exchange);
		}
		catch (RejectedExecutionException ex) {
			this.session.occupancy().finished();
			this.session.occupancy().unsent().giveBack(call, "connection is closed", ex);
		}
	}

	@Override
	public SinkState state() {
		return this.session.occupancy().state();
	}

	@Override
	public boolean isDraining() {
		return this.session.occupancy().isDraining();
	}

	@Override
	public boolean hasServed() {
		return this.session.occupancy().hasServed();
	}

	@Override
	public void check(Runnable over) {
		this.end.check(over);
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.session.occupancy().unsent().to(taker);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.end.begin(grace);
	}

}
