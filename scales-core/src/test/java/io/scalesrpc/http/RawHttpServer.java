package io.scalesrpc.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.testing.SocketServer;

/**
 * An HTTP server of plain sockets and hand-written bytes, a thread a connection; what it
 * does with each request is the script's business. <em>Thread-safe</em>.
 */
public final class RawHttpServer implements AutoCloseable {

	private final SocketServer server;

	/** Starts a server on a free port. */
	public RawHttpServer(Script script) throws IOException {
		this.server = new SocketServer((socket, number) -> script.serve(new Peer(socket, number)));
	}

	/**
	 * Starts a server, with TLS for example.
	 * @param listener where it listens; closed with the server
	 * @param script what it does with each connection
	 */
	public RawHttpServer(ServerSocket listener, Script script) {
		this.server = new SocketServer(listener, (socket, number) -> script.serve(new Peer(socket, number)));
	}

	/** Speaks HTTP on a connection of another server. */
	public static Peer peer(Socket socket) throws IOException {
		return new Peer(socket, 0);
	}

	/** Where it listens. */
	public int port() {
		return this.server.port();
	}

	/** How many connections there were. */
	public int accepted() {
		return this.server.accepted();
	}

	/** How many connections there are. */
	public int open() {
		return this.server.open();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** What a connection does, from its first byte to its end. */
	public interface Script {

		/** Serves a connection. */
		void serve(Peer peer) throws IOException;

	}

	/**
	 * A request. <em>Immutable</em>.
	 *
	 * @param line its first line
	 * @param head the first line and the headers
	 * @param body the body as text
	 * @param bytes the body
	 */
	public record Request(String line, String head, String body, byte[] bytes) {
	}

	/** A connection. <em>Confined to its thread.</em> */
	public static final class Peer {

		private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)", Pattern.CASE_INSENSITIVE);

		private final Socket socket;

		private final int number;

		private final InputStream in;

		private final OutputStream out;

		public Peer(Socket socket, int number) throws IOException {
			this.socket = socket;
			this.number = number;
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = socket.getOutputStream();
		}

		/** Which connection of the server this is, from 0. */
		public int number() {
			return this.number;
		}

		/** Reads a request, as a whole. */
		public Request next() throws IOException {
			String text = readHead();
			Matcher length = LENGTH.matcher(text);
			byte[] body = this.in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
			return new Request(text.substring(0, text.indexOf("\r\n")), text, new String(body, StandardCharsets.UTF_8),
					body);
		}

		/** Reads to the end of a head, and no further. */
		public String readHead() throws IOException {
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
			return head.toString(StandardCharsets.ISO_8859_1);
		}

		/** Reads and forgets what comes until the client hangs up. */
		public void awaitEnd() throws IOException {
			this.in.transferTo(OutputStream.nullOutputStream());
			throw new EOFException("closed");
		}

		/** Sends bytes at once. */
		public void send(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/** Sends bytes at once. */
		public void send(String text) throws IOException {
			send(text.getBytes(StandardCharsets.UTF_8));
		}

		/** Sends an answer with a body. */
		public void answer(String body) throws IOException {
			send(ok(body));
		}

		/** Ends the connection with a reset. */
		public void reset() throws IOException {
			SocketServer.reset(this.socket);
			throw new EOFException("closed");
		}

		public static String ok(String body) {
			return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
					+ body;
		}

	}

}
