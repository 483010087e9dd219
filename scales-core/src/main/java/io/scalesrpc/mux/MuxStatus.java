package io.scalesrpc.mux;

import io.scalesrpc.Internal;

/**
 * What a server says about a request in an {@code Rdispatch} or {@code Rreq}; the number
 * on the wire is the ordinal. <em>Immutable</em>.
 */
@Internal
public enum MuxStatus {

	/**
	 * Processed; the body is the thrift answer, which may be an exception, or empty after
	 * a oneway method.
	 */
	OK,

	/** Failed; the body is a text. */
	ERROR,

	/** Not processed, safe to send again; the body means nothing. */
	NACK;

	private static final MuxStatus[] VALUES = values();

	static MuxStatus of(int code, String frame) {
		if (code < 0 || code >= VALUES.length) {
			throw new MuxProtocolException(frame + " status: " + code + " (expected: 0, 1 or 2)");
		}
		return VALUES[code];
	}

}
