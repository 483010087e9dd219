package io.scalesrpc.server;

import java.util.Locale;

/**
 * What the clients of a server speak. <em>Immutable</em>.
 */
public enum ServerProtocol {

	/** Finagle's multiplexed protocol, many calls at a time on one connection. */
	THRIFTMUX,

	/**
	 * Framed Thrift, as clients of libthrift in any language speak it: one call at a time
	 * on a connection, answered in the order of the requests. Says nothing of deadlines
	 * and clients, and a connection cannot be asked to go elsewhere: its age has no
	 * limit, and a server that closes ends it after the call that is running.
	 */
	THRIFT;

	private final String text = name().toLowerCase(Locale.ROOT);

	/**
	 * How it is called in settings, traces and meters, by clients as well.
	 * @return {@code thriftmux} or {@code thrift}
	 */
	public String text() {
		return this.text;
	}

}
