package io.scalesrpc.spring.server.scanned;

import io.scalesrpc.spring.server.ScalesService;
import io.scalesrpc.test.peer.PeerBase;

/**
 * A service that is found. <em>Thread-safe</em>.
 */
@ScalesService
public class ScannedService implements PeerBase.Iface {

	@Override
	public void ping() {
	}

}
