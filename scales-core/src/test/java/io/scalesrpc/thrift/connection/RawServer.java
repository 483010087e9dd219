package io.scalesrpc.thrift.connection;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.testing.SocketServer;

/**
 * A server of framed binary Thrift in hand-written bytes, a thread a connection; what it
 * does with each request is the script's business. <em>Thread-safe</em>.
 */
public final class RawServer implements AutoCloseable {

	private final SocketServer server;

	public RawServer(Script script) throws IOException {
		this.server = new SocketServer((socket, number) -> script.serve(new Peer(socket, number)));
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
	 * A request with one text, and the reply that gives it back. <em>Immutable</em>.
	 *
	 * @param method the name of the method
	 * @param sequence the sequence id
	 * @param text what to echo
	 */
	public record Request(String method, int sequence, String text) {

		/** The reply with its size. */
		public byte[] frame() {
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
	public static final class Peer {

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

		/** The next request. */
		public Request next() throws IOException {
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

		/** Writes bytes at once. */
		public void send(byte... bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/** Returns when the client has hung up. */
		public void awaitEnd() throws IOException {
			while (this.in.read() >= 0) {
				// whatever else comes
			}
		}

		/** Ends the connection with a reset. */
		void reset() throws IOException {
			SocketServer.reset(this.socket);
		}

	}

}
