package io.scalesrpc.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.testing.SocketServer;

/**
 * An HTTP/2 server of plain sockets and hand-written frames, a thread a connection; what
 * it does after the greetings is the script's business. <em>Thread-safe</em>.
 */
public final class RawHttp2Server implements AutoCloseable {

	public static final int DATA = 0;

	public static final int HEADERS = 1;

	public static final int RST_STREAM = 3;

	public static final int SETTINGS = 4;

	public static final int PUSH_PROMISE = 5;

	public static final int PING = 6;

	public static final int GOAWAY = 7;

	public static final int WINDOW_UPDATE = 8;

	public static final int CONTINUATION = 9;

	public static final int END_STREAM = 1;

	public static final int END_HEADERS = 4;

	private static final int PREFACE_BYTES = 24;

	private final SocketServer server;

	public RawHttp2Server(Script script) throws IOException {
		this(new byte[0], script);
	}

	/**
	 * Starts a server.
	 * @param settings the payload of its first frame
	 * @param script what it does then
	 */
	public RawHttp2Server(byte[] settings, Script script) throws IOException {
		this.server = new SocketServer((socket, number) -> {
			Peer peer = new Peer(socket, number);
			peer.greet(settings);
			script.serve(peer);
		});
	}

	public int port() {
		return this.server.port();
	}

	/** How many connections there were. */
	public int accepted() {
		return this.server.accepted();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** What a connection does, after the greetings and to its end. */
	public interface Script {

		void serve(Peer peer) throws IOException;

	}

	/**
	 * A frame. <em>Immutable</em>.
	 *
	 * @param type what it is
	 * @param flags what is special about it
	 * @param stream what it belongs to; 0 for the connection
	 * @param payload what it says
	 */
	public record Frame(int type, int flags, int stream, byte[] payload) {
	}

	/** A connection. <em>Confined to its thread.</em> */
	public static final class Peer {

		private final int number;

		private final DataInputStream in;

		private final OutputStream out;

		public Peer(Socket socket, int number) throws IOException {
			this.number = number;
			this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
			this.out = socket.getOutputStream();
		}

		public int number() {
			return this.number;
		}

		public void greet(byte[] settings) throws IOException {
			this.in.readFully(new byte[PREFACE_BYTES]);
			send(SETTINGS, 0, 0, settings);
			// What the client says counts once it is confirmed.
			send(SETTINGS, 1, 0, new byte[0]);
		}

		public Frame next() throws IOException {
			int length = (this.in.readUnsignedShort() << 8) | this.in.readUnsignedByte();
			int type = this.in.readUnsignedByte();
			int flags = this.in.readUnsignedByte();
			int stream = this.in.readInt();
			byte[] payload = new byte[length];
			this.in.readFully(payload);
			return new Frame(type, flags, stream, payload);
		}

		/** Reads until a frame of a type comes. */
		public Frame await(int type) throws IOException {
			Frame frame = next();
			while (frame.type() != type) {
				frame = next();
			}
			return frame;
		}

		/** Reads the next request, as a whole; its stream. */
		public int request() throws IOException {
			Frame frame = await(HEADERS);
			int stream = frame.stream();
			while ((frame.flags() & END_STREAM) == 0 || frame.stream() != stream) {
				frame = next();
			}
			return stream;
		}

		/** Reads and forgets what comes until the client hangs up. */
		public void awaitEnd() throws IOException {
			this.in.transferTo(OutputStream.nullOutputStream());
			throw new EOFException("closed");
		}

		public void send(int type, int flags, int stream, byte[] payload) throws IOException {
			this.out.write(frame(type, flags, stream, payload));
			this.out.flush();
		}

		/** Sends bytes, of any number of frames. */
		public void raw(byte[] bytes) throws IOException {
			this.out.write(bytes);
		}

		/** Answers with 200 and a body. */
		public void answer(int stream, String body) throws IOException {
			send(HEADERS, END_HEADERS, stream, status(200));
			send(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII));
		}

	}

	public static byte[] frame(int type, int flags, int stream, byte[] payload) {
		return ByteBuffer.allocate(9 + payload.length)
			.put((byte) (payload.length >> 16))
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	/** A head with a status alone (RFC 7541): one of the static table, or a literal. */
	public static byte[] status(int status) {
		return (status == 200) ? new byte[] { (byte) 0x88 } : literal(8, String.valueOf(status));
	}

	/** A header that is not kept, with a name of its own. */
	public static byte[] header(String name, String value) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(0);
		text(name, out);
		text(value, out);
		return out.toByteArray();
	}

	public static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	public static byte[] number(int value) {
		return ByteBuffer.allocate(4).putInt(value).array();
	}

	public static byte[] setting(int id, int value) {
		return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
	}

	private static byte[] literal(int index, String value) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(index);
		text(value, out);
		return out.toByteArray();
	}

	private static void text(String text, ByteArrayOutputStream out) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		int length = bytes.length;
		if (length < 127) {
			out.write(length);
		}
		else {
			out.write(127);
			for (length -= 127; length >= 128; length >>= 7) {
				out.write((length & 127) | 128);
			}
			out.write(length);
		}
		out.writeBytes(bytes);
	}

}
