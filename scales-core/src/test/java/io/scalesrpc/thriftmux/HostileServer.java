package io.scalesrpc.thriftmux;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.testing.SocketServer;

/**
 * A ThriftMux server of plain sockets and hand-written bytes, a thread a connection; what
 * it does with each request is the script's business. <em>Thread-safe</em>.
 */
final class HostileServer implements AutoCloseable {

	private final SocketServer server;

	HostileServer(Script script) throws IOException {
		this.server = new SocketServer((socket, number) -> script.serve(new Peer(socket, number)));
	}

	int port() {
		return this.server.port();
	}

	/** How many connections there were. */
	int accepted() {
		return this.server.accepted();
	}

	/** How many connections there are. */
	int open() {
		return this.server.open();
	}

	@Override
	public void close() throws IOException {
		stop();
	}

	/** Ends every connection; may be repeated. */
	void stop() throws IOException {
		this.server.close();
	}

	/** What a connection does, from its first byte to its end. */
	interface Script {

		void serve(Peer peer) throws IOException;

	}

	/**
	 * A frame from the client. <em>Immutable</em>.
	 *
	 * @param type the number of the type
	 * @param tag the tag
	 * @param body what follows
	 */
	record Frame(int type, int tag, byte[] body) {

		/** The Thrift message of a Tdispatch: strict binary, one argument, a text. */
		Request request() {
			ByteBuffer in = ByteBuffer.wrap(this.body);
			for (int i = Short.toUnsignedInt(in.getShort()); i > 0; i--) {
				skip(in);
				skip(in);
			}
			skip(in);
			for (int i = Short.toUnsignedInt(in.getShort()); i > 0; i--) {
				skip(in);
				skip(in);
			}
			in.getInt();
			String method = text(in);
			int sequence = in.getInt();
			in.get();
			in.getShort();
			return new Request(this.tag, method, sequence, text(in));
		}

		private static void skip(ByteBuffer in) {
			int length = Short.toUnsignedInt(in.getShort());
			in.position(in.position() + length);
		}

		private static String text(ByteBuffer in) {
			byte[] bytes = new byte[in.getInt()];
			in.get(bytes);
			return new String(bytes, StandardCharsets.UTF_8);
		}

	}

	/**
	 * A request to echo. <em>Immutable</em>.
	 *
	 * @param tag the mux tag
	 * @param method the Thrift method
	 * @param sequence the Thrift sequence id
	 * @param text what to echo
	 */
	record Request(int tag, String method, int sequence, String text) {

		/** The body of the Rdispatch that answers it. */
		byte[] reply() {
			byte[] name = this.method.getBytes(StandardCharsets.UTF_8);
			byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
			return ByteBuffer.allocate(3 + 12 + name.length + 8 + bytes.length)
				.put((byte) 0)
				.putShort((short) 0)
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

		private final DataOutputStream out;

		Peer(Socket socket, int number) throws IOException {
			this.socket = socket;
			this.number = number;
			this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
			this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
		}

		/** Which connection of the server this is, from 0. */
		int number() {
			return this.number;
		}

		/** Echoes the marker and answers Tinit. */
		void handshake() throws IOException {
			Frame marker = read();
			send(marker.type(), marker.tag(), marker.body());
			send(-68, read().tag(), new byte[] { 0, 1 });
		}

		/** The next frame that is no ping; pings are answered. */
		Frame next() throws IOException {
			while (true) {
				Frame frame = read();
				if (frame.type() != 65) {
					return frame;
				}
				send(-65, frame.tag(), new byte[0]);
			}
		}

		Frame read() throws IOException {
			int size = this.in.readInt();
			int header = this.in.readInt();
			byte[] body = this.in.readNBytes(size - 4);
			if (body.length < size - 4) {
				throw new EOFException();
			}
			return new Frame(header >> 24, header & 0x7fffff, body);
		}

		void send(int type, int tag, byte[] body) throws IOException {
			this.out.writeInt(4 + body.length);
			this.out.writeInt(type << 24 | tag);
			this.out.write(body);
			this.out.flush();
		}

		void raw(byte... bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/** Keeps the connection and reads nothing until this server is closed. */
		void untilClosed() {
			while (!this.socket.isClosed()) {
				LockSupport.parkNanos(5_000_000);
			}
		}

		/** Ends the connection with a reset. */
		void reset() throws IOException {
			SocketServer.reset(this.socket);
		}

	}

}
