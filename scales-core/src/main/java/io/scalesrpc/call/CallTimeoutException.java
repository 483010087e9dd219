package io.scalesrpc.call;

import java.io.Serial;

/**
 * The call had no answer by its deadline; the server may still be working on it.
 * <em>Immutable</em>.
 */
public final class CallTimeoutException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	CallTimeoutException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
