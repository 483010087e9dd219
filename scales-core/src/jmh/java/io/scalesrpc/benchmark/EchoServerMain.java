package io.scalesrpc.benchmark;

import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.thriftmux.PeerServer;

/**
 * Our own server in a process of its own; ends with its input. <em>Stateless</em>.
 */
public final class EchoServerMain {

	private EchoServerMain() {
	}

	/**
	 * Serves until the input ends.
	 * @param args the port
	 */
	public static void main(String[] args) throws Exception {
		try (PeerServer server = PeerServer
			.start(ThriftMuxServer.builder().port(Integer.parseInt(args[0])).executor(Runnable::run))) {
			System.out.println("READY " + server.port());
			while (System.in.read() >= 0) {
				continue;
			}
		}
	}

}
