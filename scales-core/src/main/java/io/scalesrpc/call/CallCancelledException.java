package io.scalesrpc.call;

import java.io.Serial;

/**
 * The caller gave the call up: it was cancelled, its thread was interrupted, or the
 * client was closed. <em>Immutable</em>.
 */
public final class CallCancelledException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	CallCancelledException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
