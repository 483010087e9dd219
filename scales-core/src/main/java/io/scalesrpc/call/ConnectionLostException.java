package io.scalesrpc.call;

import java.io.Serial;

/**
 * The connection was lost with the call in flight: the server may or may not have
 * processed it. <em>Immutable</em>.
 */
public final class ConnectionLostException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	ConnectionLostException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
