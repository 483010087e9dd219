package io.scalesrpc.spring.test;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How messages of a protocol are told from each other, as far as a {@link ScriptedServer}
 * must know. <em>Stateless</em>; a stream is its reader's.
 */
enum Wire {

	/** Mux frames; only requests are acted upon. */
	THRIFTMUX {
		@Override
		byte[] read(DataInputStream in) throws IOException {
			return frame(in);
		}

		@Override
		boolean isRequest(byte[] message) {
			return message[4] == TREQ || message[4] == TDISPATCH;
		}

		@Override
		long key(byte[] message) {
			return ByteBuffer.wrap(message).getInt(4) & MAX_TAG;
		}

		@Override
		boolean isAnswer(byte[] message) {
			return message[4] == -TREQ || message[4] == -TDISPATCH;
		}

		@Override
		byte[] refusal(byte[] request, Act act) {
			boolean dispatch = request[4] == TDISPATCH;
			byte[] text = act.text().getBytes(StandardCharsets.UTF_8);
			ByteBuffer answer = ByteBuffer.allocate(9 + (dispatch ? 2 : 0) + text.length);
			answer.putInt(answer.capacity() - 4).put((byte) -request[4]).put(request, 5, 3);
			answer.put((byte) ((act.kind() == Act.Kind.NACK) ? 2 : 1));
			if (dispatch) {
				answer.putShort((short) 0);
			}
			return answer.put(text).array();
		}
	},

	/** Framed Thrift: one request at a time. */
	THRIFT {
		@Override
		byte[] read(DataInputStream in) throws IOException {
			return frame(in);
		}

		@Override
		byte @Nullable [] refusal(byte[] request, Act act) {
			return null;
		}
	},

	/** HTTP/1.1: one request at a time. */
	HTTP {
		@Override
		byte[] read(DataInputStream in) throws IOException {
			ByteArrayOutputStream message = new ByteArrayOutputStream();
			String head = head(in, message);
			String lower = head.toLowerCase(Locale.ROOT);
			if (lower.contains("\r\ntransfer-encoding: chunked")) {
				chunks(in, message);
			}
			else {
				int at = lower.indexOf("\r\ncontent-length:");
				int length = (at < 0) ? 0
						: Integer.parseInt(head.substring(at + 17, head.indexOf('\r', at + 2)).strip());
				message.write(in.readNBytes(length));
			}
			return message.toByteArray();
		}

		@Override
		byte[] refusal(byte[] request, Act act) {
			byte[] text = act.text().getBytes(StandardCharsets.UTF_8);
			String status = (act.kind() == Act.Kind.NACK) ? "503 Service Unavailable" : "500 Internal Server Error";
			byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Length: " + text.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII);
			return ByteBuffer.allocate(head.length + text.length).put(head).put(text).array();
		}
	};

	private static final int TREQ = 1;

	private static final int TDISPATCH = 2;

	private static final int MAX_TAG = 0x7fffff;

	private static final int MAX_BYTES = 64 * 1024 * 1024;

	/**
	 * Reads a whole message, its length included.
	 * @throws EOFException at the end
	 */
	abstract byte[] read(DataInputStream in) throws IOException;

	/** Whether a script says what becomes of a message; others always pass. */
	boolean isRequest(byte[] message) {
		return true;
	}

	/** By what an answer and its request know each other. */
	long key(byte[] message) {
		return 0;
	}

	boolean isAnswer(byte[] message) {
		return true;
	}

	/** What says no to a request; null if the protocol cannot. */
	abstract byte @Nullable [] refusal(byte[] request, Act act);

	private static byte[] frame(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 4 || length > MAX_BYTES) {
			throw new IOException("length: " + length + " (expected: 4.." + MAX_BYTES + ")");
		}
		byte[] frame = new byte[4 + length];
		ByteBuffer.wrap(frame).putInt(length);
		in.readFully(frame, 4, length);
		return frame;
	}

	private static String head(DataInputStream in, ByteArrayOutputStream message) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append(line(in, message));
		}
		return head.toString();
	}

	/** With its end. */
	private static String line(DataInputStream in, ByteArrayOutputStream message) throws IOException {
		StringBuilder line = new StringBuilder();
		int last;
		do {
			last = in.read();
			if (last < 0) {
				throw new EOFException();
			}
			message.write(last);
			line.append((char) last);
		}
		while (last != '\n');
		return line.toString();
	}

	private static void chunks(DataInputStream in, ByteArrayOutputStream message) throws IOException {
		int length;
		do {
			length = Integer.parseInt(line(in, message).split(";")[0].strip(), 16);
			message.write(in.readNBytes(length));
			line(in, message);
		}
		while (length > 0);
	}

}
