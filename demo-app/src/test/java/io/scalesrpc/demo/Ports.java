package io.scalesrpc.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports for servers that start much later: below those that systems hand out by
 * themselves (32768 and up on Linux), and elsewhere in each process of the build.
 */
final class Ports {

	private static final int FIRST = 8_100;

	private static final int COUNT = 7_900;

	/** Processes that start one after the other begin so far apart. */
	private static final int APART = 211;

	private Ports() {
	}

	/** So many ports of loopback on which nobody listens. */
	static List<Integer> free(int count) {
		List<Integer> ports = new ArrayList<>();
		int next = (int) (ProcessHandle.current().pid() * APART % COUNT);
		for (int tries = 0; ports.size() < count && tries < COUNT; tries++) {
			int port = FIRST + (next + tries) % COUNT;
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				ports.add(socket.getLocalPort());
			}
			catch (IOException ex) {
				// Somebody else has it.
			}
		}
		return ports;
	}

}
