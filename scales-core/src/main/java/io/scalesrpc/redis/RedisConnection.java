package io.scalesrpc.redis;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.transport.ChannelConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis as the stack sees it. <em>Thread-safe</em>.
 */
final class RedisConnection extends ChannelConnection {

	/** What was read before is no part of what would be read now. */
	private static final Failure CURSOR_LOST = new Failure(FailureKind.UNKNOWN,
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
	protected @Nullable Exchange encode(Call call) {
		RedisMethod method = (RedisMethod) call.method();
		if (!method.fits(call.arguments(), this.session)) {
			call.end(CURSOR_LOST);
			return null;
		}
		byte[] bytes = method.encode(call.arguments(), this.terms.limits().maxFrameBytes());
		return new Exchange(this.session, call, method.keyword(call.arguments()), bytes);
	}

}
