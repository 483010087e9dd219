package io.scalesrpc.demo.fleet;

import io.scalesrpc.server.ServerProtocol;

/**
 * The two clients that are compared. Each has a door of its own in every server, and a
 * path in ZooKeeper, so that neither makes the other wait. <em>Immutable</em>.
 */
public enum Side {

	/** The client of this project, by ThriftMux. */
	SCALES("/shop/pricing", ServerProtocol.THRIFTMUX),

	/** A client as people write it around libthrift, by framed Thrift. */
	NAIVE("/shop/pricing-framed", ServerProtocol.THRIFT);

	private final String path;

	private final ServerProtocol protocol;

	Side(String path, ServerProtocol protocol) {
		this.path = path;
		this.protocol = protocol;
	}

	/** Where its servers are registered. */
	public String path() {
		return this.path;
	}

	ServerProtocol protocol() {
		return this.protocol;
	}

}
