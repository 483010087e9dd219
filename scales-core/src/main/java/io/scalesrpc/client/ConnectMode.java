package io.scalesrpc.client;

/**
 * When a client connects to its members. <em>Immutable</em>.
 */
public enum ConnectMode {

	/** With the first call, which waits for a connection. */
	LAZY,

	/** As soon as members are known. */
	EAGER

}
