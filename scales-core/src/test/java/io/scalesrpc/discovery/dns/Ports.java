package io.scalesrpc.discovery.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import io.scalesrpc.testing.FreePorts;

/** Finds ports. Stateless. */
final class Ports {

	private static final int TRIES = 50;

	private Ports() {
	}

	/** A port of the loopback address that is free for connections and datagrams. */
	static InetSocketAddress unused() {
		for (int i = 0; i < TRIES; i++) {
			try (ServerSocket tcp = FreePorts.listen(1);
					DatagramSocket udp = new DatagramSocket(tcp.getLocalSocketAddress())) {
				return (InetSocketAddress) udp.getLocalSocketAddress();
			}
			catch (BindException ex) {
				// another has it for datagrams
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
		throw new IllegalStateException("port: none (expected: one that is free)");
	}

}
