package io.scalesrpc.discovery.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.testing.FreePorts;

/**
 * A network between clients and a server on this machine, that can be cut and mended.
 * <em>Thread-safe</em>.
 */
final class Forwarder implements AutoCloseable {

	private final ServerSocket listening;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	Forwarder(int target) throws IOException {
		this.target = target;
		this.listening = FreePorts.listen(50);
		start(this::accept);
	}

	/** Where clients connect to. */
	String address() {
		return "127.0.0.1:" + this.listening.getLocalPort();
	}

	/** Closes every connection; new ones are closed too until it is mended. */
	void cut() {
		this.cut = true;
		this.sockets.forEach(Forwarder::close);
		this.sockets.clear();
	}

	void mend() {
		this.cut = false;
	}

	private void accept() {
		try {
			while (true) {
				forward(this.listening.accept());
			}
		}
		catch (IOException ex) {
			cut();
		}
	}

	private void forward(Socket client) {
		this.sockets.add(client);
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(server);
			start(() -> copy(client, server));
			start(() -> copy(server, client));
		}
		catch (IOException ex) {
			close(client);
		}
		if (this.cut) {
			cut();
		}
	}

	private static void copy(Socket from, Socket to) {
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			in.transferTo(out);
		}
		catch (IOException ex) {
			close(from);
		}
		close(to);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "forwarder-test");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
