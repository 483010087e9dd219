package io.scalesrpc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that must be told theirs before they start, that come back on the one
 * they had, or that are not there at all. They lie below those that systems hand out by
 * themselves (32768 and up on Linux), so that no other socket gets one meanwhile; another
 * process of the build begins elsewhere. <em>Thread-safe</em>.
 */
public final class FreePorts {

	private static final int FIRST = 16_000;

	private static final int COUNT = 16_000;

	/** Processes that start one after the other begin so far apart. */
	private static final int APART = 211;

	private static final AtomicInteger next = new AtomicInteger((int) (ProcessHandle.current().pid() * APART % COUNT));

	private FreePorts() {
	}

	/**
	 * A port of loopback on which nobody listens.
	 * @return another one each time
	 */
	public static int next() {
		try (ServerSocket socket = listen(1)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Listens on such a port of loopback.
	 * @param backlog how many connections may wait to be accepted
	 * @return the socket, to be closed by the caller
	 */
	public static ServerSocket listen(int backlog) {
		for (int tries = 0; tries < COUNT; tries++) {
			try {
				return new ServerSocket(FIRST + Math.floorMod(next.getAndIncrement(), COUNT), backlog,
						InetAddress.getLoopbackAddress());
			}
			catch (IOException ex) {
				// Somebody else has it.
			}
		}
		throw new IllegalStateException("no free port from " + FIRST + " to " + (FIRST + COUNT));
	}

}
