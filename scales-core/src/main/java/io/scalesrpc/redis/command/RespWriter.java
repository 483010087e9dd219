package io.scalesrpc.redis.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one command as RESP does: an array of byte strings. <em>Confined to the thread
 * that dispatches the call</em>.
 */
public final class RespWriter {

	private static final byte[] CRLF = { '\r', '\n' };

	private final int maxBytes;

	private byte[] body = new byte[128];

	private int length;

	private int count;

	/**
	 * Creates a writer.
	 * @param maxBytes the longest command that may be sent
	 */
	RespWriter(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/** A command without parameters. */
	public static byte[] command(String... words) {
		RespWriter writer = new RespWriter(Integer.MAX_VALUE);
		for (String word : words) {
			writer.add(word);
		}
		return writer.finish();
	}

	void add(String text) {
		add(text.getBytes(StandardCharsets.UTF_8));
	}

	void add(byte[] value) {
		byte[] head = ascii("$" + value.length);
		require(head.length + value.length + 4L);
		append(head);
		append(CRLF);
		append(value);
		append(CRLF);
		this.count++;
	}

	/** Adds arguments that were encoded elsewhere. */
	void addEncoded(byte[] encoded, int arguments) {
		require(encoded.length);
		append(encoded);
		this.count += arguments;
	}

	byte[] finish() {
		byte[] head = ascii("*" + this.count + "\r\n");
		byte[] whole = Arrays.copyOf(head, head.length + this.length);
		System.arraycopy(this.body, 0, whole, head.length, this.length);
		return whole;
	}

	private void append(byte[] bytes) {
		System.arraycopy(bytes, 0, this.body, this.length, bytes.length);
		this.length += bytes.length;
	}

	private void require(long more) {
		long needed = this.length + more;
		if (needed > this.maxBytes) {
			throw new IllegalArgumentException(
					"command of " + needed + " bytes or more (expected: at most " + this.maxBytes + ")");
		}
		if (needed > this.body.length) {
			this.body = Arrays.copyOf(this.body,
					(int) Math.min(this.maxBytes, Math.max(needed, 2L * this.body.length)));
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
