package io.scalesrpc.call;

import java.io.Serial;

/**
 * The call could not be written or its answer not read: a fault of this side, of the
 * interface or of the peer. <em>Immutable</em>.
 */
public final class InternalCallException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	InternalCallException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
