package io.scalesrpc.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of plain sockets on loopback, a thread a connection; what it does with one is
 * the script's business. <em>Thread-safe</em>.
 */
public final class SocketServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Script script;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	private final Thread acceptor;

	/**
	 * Starts a server on a free port.
	 * @param script what it does with each connection
	 */
	public SocketServer(Script script) throws IOException {
		this(FreePorts.listen(100), script);
	}

	/**
	 * Starts a server, with TLS for example.
	 * @param listener where it listens; closed with the server
	 * @param script what it does with each connection
	 */
	public SocketServer(ServerSocket listener, Script script) {
		this.listener = listener;
		this.script = script;
		this.acceptor = start(this::accept);
	}

	/** Where it listens. */
	public int port() {
		return this.listener.getLocalPort();
	}

	/** How many connections there were. */
	public int accepted() {
		return this.accepted.get();
	}

	/** How many connections there are. */
	public int open() {
		return this.sockets.size();
	}

	/** Ends a connection with a reset. */
	public static void reset(Socket socket) throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				socket.setTcpNoDelay(true);
				this.sockets.add(socket);
				int number = this.accepted.getAndIncrement();
				start(() -> serve(socket, number));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private Thread start(Runnable task) {
		Thread thread = new Thread(task, "socket-server");
		this.threads.add(thread);
		thread.start();
		return thread;
	}

	private void serve(Socket socket, int number) {
		try (socket) {
			this.script.serve(socket, number);
		}
		catch (IOException ex) {
			// the client is gone, or this server is
		}
		finally {
			this.sockets.remove(socket);
			this.threads.remove(Thread.currentThread());
		}
	}

	/** Ends every connection, and waits for the threads; may be repeated. */
	@Override
	public void close() throws IOException {
		this.listener.close();
		// It may still accept one: a client comes back as soon as its connection ends.
		join(this.acceptor);
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.threads.forEach(SocketServer::join);
	}

	private static void join(Thread thread) {
		try {
			thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What is done with a connection. */
	@FunctionalInterface
	public interface Script {

		/**
		 * Serves a connection from its first byte to its end.
		 * @param socket the connection, closed afterwards
		 * @param number which of the server it is, from 0
		 */
		void serve(Socket socket, int number) throws IOException;

	}

}
