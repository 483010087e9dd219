package io.scalesrpc.server.wire;

import io.scalesrpc.call.Context;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.mux.MuxFailure;

/**
 * The contexts that tell a client what it may do about a call that was not answered.
 * <em>Immutable</em>.
 */
public final class FailureFlags {

	/** Rejected, and may be sent again. */
	public static final Context RESTARTABLE = of(MuxFailure.NACK);

	/** Rejected, and must not be sent again. */
	public static final Context REJECTED = of(new MuxFailure(MuxFailure.REJECTED | MuxFailure.NON_RETRYABLE));

	/** Perhaps done, and must not be sent again. */
	public static final Context FINAL = of(new MuxFailure(MuxFailure.NON_RETRYABLE));

	private FailureFlags() {
	}

	/** Passes on that a call which was made for this one must not be made again. */
	public static Context of(Throwable thrown) {
		return (ScalesException.nonRetryableCause(thrown) != null) ? FINAL : Context.empty();
	}

	private static Context of(MuxFailure failure) {
		return Context.empty().with(MuxFailure.KEY, failure.encode());
	}

}
