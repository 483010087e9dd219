package io.scalesrpc.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP server of plain sockets and hand-written bytes, a thread a connection; what it
 * does with each request is the script's business. <em>Thread-safe</em>.
 */
final class RawHttpServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Script script;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	RawHttpServer(Script script) throws IOException {
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
		Thread thread = new Thread(task, "raw-http-server");
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
	 * A request. <em>Immutable</em>.
	 *
	 * @param line its first line
	 * @param head the first line and the headers
	 * @param body the body
	 */
	record Request(String line, String head, String body) {
	}

	/** A connection. <em>Confined to its thread.</em> */
	static final class Peer {

		private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)", Pattern.CASE_INSENSITIVE);

		private final Socket socket;

		private final int number;

		private final InputStream in;

		private final OutputStream out;

		Peer(Socket socket, int number) throws IOException {
			this.socket = socket;
			this.number = number;
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = socket.getOutputStream();
		}

		int number() {
			return this.number;
		}

		Request next() throws IOException {
			ByteArrayOutputStream head = new ByteArrayOutputStream();
			int ends = 0;
			while (ends < 4) {
				int c = this.in.read();
				if (c < 0) {
					throw new EOFException();
				}
				head.write(c);
				ends = (c == '\r' || c == '\n') ? ends + 1 : 0;
			}
			String text = head.toString(StandardCharsets.ISO_8859_1);
			Matcher length = LENGTH.matcher(text);
			byte[] body = this.in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
			return new Request(text.substring(0, text.indexOf("\r\n")), text, new String(body, StandardCharsets.UTF_8));
		}

		/** Sends bytes at once. */
		void send(String text) throws IOException {
			this.out.write(text.getBytes(StandardCharsets.UTF_8));
			this.out.flush();
		}

		void answer(String body) throws IOException {
			send(ok(body));
		}

		/** Ends the connection with a reset. */
		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
			throw new EOFException("closed");
		}

		static String ok(String body) {
			return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
					+ body;
		}

	}

}
