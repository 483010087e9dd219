package io.scalesrpc.call;

import java.io.Serial;

/**
 * The server did not process the call, so that sending it again is safe: refused, no
 * member available, queue full, draining, or the client is closed. <em>Immutable</em>.
 */
public final class NotSentException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	NotSentException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
