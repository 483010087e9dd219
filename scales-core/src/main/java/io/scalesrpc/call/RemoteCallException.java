package io.scalesrpc.call;

import java.io.Serial;

/**
 * The server answered that it failed; or it answered with an exception of the interface
 * that the Java method does not declare, which then is the cause. <em>Immutable</em>.
 */
public final class RemoteCallException extends ScalesException {

	@Serial
	private static final long serialVersionUID = 1L;

	RemoteCallException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(failure, details, withStackTrace);
	}

}
