package io.scalesrpc.call;

/**
 * What a failure means for the caller: above all, whether the server may have done the
 * work. Retries, balancers and metrics read this and never the class of an exception.
 */
public enum FailureKind {

	/**
	 * The server did not process the call; sending it again is safe. Refused, nack, queue
	 * full, no members, draining.
	 */
	NOT_SENT,

	/**
	 * The connection was lost with the call in flight: the server may or may not have
	 * processed it.
	 */
	CONNECTION_LOST,

	/** The deadline passed. The server may still be working on it. */
	TIMEOUT,

	/** The caller gave up: cancelled, interrupted, or the client was closed. */
	CANCELLED,

	/** The server answered that it failed. */
	REMOTE,

	/** The server answered with an exception that the interface declares. */
	DECLARED,

	/**
	 * The call could not be encoded or its answer not decoded: a fault of this side, of
	 * the interface or of the peer.
	 */
	INTERNAL;

	/**
	 * Whether a failure speaks against the server the call was sent to.
	 * @return {@code false} where the caller gave up, this side failed, or the service is
	 * at work
	 */
	public boolean blamesServer() {
		return switch (this) {
			case NOT_SENT, CONNECTION_LOST, TIMEOUT, REMOTE -> true;
			case CANCELLED, DECLARED, INTERNAL -> false;
		};
	}

}
