package io.scalesrpc.thrift.connection;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of framed binary Thrift in hand-written bytes, a thread a connection; what it
 * does with each request is the script's business. <em>Thread-safe</em>.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Script script;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	RawServer(Script script) throws IOException {
		this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		this.script = script;
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** How many connections there were. */
	int accepted() {
		return this.accepted.get();
	}

	/** How many connections there are. */
	int open() {
		return this.sockets.size();
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

	private void start(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		this.threads.add(thread);
		thread.start();
	}

	private void serve(Socket socket, int number) {
		try (socket) {
			this.script.serve(new Peer(socket, number));
		}
		catch (IOException ex) {
			// the client is gone, or this server is
		}
		finally {
			this.sockets.remove(socket);
			this.threads.remove(Thread.currentThread());
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		for (Thread thread : this.threads) {
			try {
				thread.join(5000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** What a connection does, from its first byte to its end. */
	interface Script {

		void serve(Peer peer) throws IOException;

	}

	/**
	 * A request with one text, and the reply that gives it back. <em>Immutable</em>.
	 *
	 * @param method the name of the method
	 * @param sequence the sequence id
	 * @param text what to echo
	 */
	record Request(String method, int sequence, String text) {

		byte[] frame() {
			byte[] name = this.method.getBytes(StandardCharsets.UTF_8);
			byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
			int length = 12 + name.length + 8 + bytes.length;
			return ByteBuffer.allocate(4 + length)
				.putInt(length)
				.putInt(0x80010002)
				.putInt(name.length)
				.put(name)
				.putInt(this.sequence)
				.put((byte) 11)
				.putShort((short) 0)
				.putInt(bytes.length)
				.put(bytes)
				.put((byte) 0)
				.array();
		}

	}

	/** A connection. <em>Confined to its thread.</em> */
	static final class Peer {

		private final Socket socket;

		private final int number;

		private final DataInputStream in;

		private final OutputStream out;

		Peer(Socket socket, int number) throws IOException {
			this.socket = socket;
			this.number = number;
			this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
			this.out = socket.getOutputStream();
		}

		/** Which connection of the server this is, from 0. */
		int number() {
			return this.number;
		}

		Request next() throws IOException {
			byte[] message = new byte[this.in.readInt()];
			this.in.readFully(message);
			ByteBuffer bytes = ByteBuffer.wrap(message);
			bytes.getInt();
			String method = text(bytes);
			int sequence = bytes.getInt();
			if (bytes.get() != 11) {
				return new Request(method, sequence, "");
			}
			bytes.getShort();
			return new Request(method, sequence, text(bytes));
		}

		/** Takes a request whatever it says. */
		void skip() throws IOException {
			this.in.readFully(new byte[this.in.readInt()]);
		}

		private static String text(ByteBuffer in) {
			byte[] bytes = new byte[in.getInt()];
			in.get(bytes);
			return new String(bytes, StandardCharsets.UTF_8);
		}

		void send(byte... bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/** Returns when the client has hung up. */
		void awaitEnd() throws IOException {
			while (this.in.read() >= 0) {
				// whatever else comes
			}
		}

		/** Ends the connection with a reset. */
		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

	}

}
