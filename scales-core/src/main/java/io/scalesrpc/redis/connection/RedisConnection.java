package io.scalesrpc.redis.connection;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.redis.command.RedisMethod;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * A connection to Redis as the stack sees it. <em>Thread-safe</em>.
 */
final class RedisConnection extends ChannelConnection {

	/** What was read before is no part of what would be read now. */
	private static final Failure CURSOR_LOST = new Failure(FailureKind.CONNECTION_LOST,
			"the connection that the scan began on was lost, and its cursor means nothing on another, where the"
					+ " server may be another (expected: a scan that begins anew)",
			null, true);

	private final RedisSession session;

	private final SessionTerms terms;

	RedisConnection(RedisSession session, SessionTerms terms) {
		super(session, terms.timer());
		this.session = session;
		this.terms = terms;
	}

	@Override
	protected Exchange encode(Call call) throws LostCursorException {
		RedisMethod method = (RedisMethod) call.method();
		if (!method.fits(call.arguments(), this.session)) {
			throw new LostCursorException();
		}
		byte[] bytes = method.encode(call.arguments(), this.terms.limits().maxFrameBytes());
		return new Exchange(this.session, call, method.keyword(call.arguments()), bytes);
	}

	@Override
	protected Failure notSent(Throwable cause) {
		return (cause instanceof LostCursorException) ? CURSOR_LOST : super.notSent(cause);
	}

	/** The call belongs to a scan of another connection. */
	private static final class LostCursorException extends Exception {

		private static final long serialVersionUID = 1L;

	}

}
