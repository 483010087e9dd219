package io.scalesrpc.http.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.http.HttpFields;

/**
 * Reads numbers, texts, bytes and header fields, each with its length before it, that may
 * come from another process. <em>Confined to the thread that reads.</em>
 */
final class FieldBytes {

	private final ByteBuffer in;

	FieldBytes(byte[] bytes) {
		this.in = ByteBuffer.wrap(bytes);
	}

	int number() {
		return this.in.getInt();
	}

	/** Never more than there is, so that nothing is allocated for a length that lies. */
	int length() {
		int length = this.in.getInt();
		if (length < 0 || length > this.in.remaining()) {
			throw new IllegalArgumentException("length: " + length + " (expected: 0 to " + this.in.remaining() + ")");
		}
		return length;
	}

	byte[] bytes() {
		byte[] bytes = new byte[length()];
		this.in.get(bytes);
		return bytes;
	}

	String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	HttpFields fields() {
		String[] namesAndValues = new String[Math.multiplyExact(2, length())];
		for (int i = 0; i < namesAndValues.length; i++) {
			namesAndValues[i] = text();
		}
		return new HttpFields(namesAndValues);
	}

	/**
	 * Writes what the other reads. <em>Confined to the thread that writes.</em>
	 */
	static final class Writer {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		Writer number(int number) {
			this.out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
			return this;
		}

		Writer bytes(byte[] bytes) {
			number(bytes.length);
			this.out.writeBytes(bytes);
			return this;
		}

		Writer text(String text) {
			return bytes(text.getBytes(StandardCharsets.UTF_8));
		}

		Writer fields(HttpFields fields) {
			number(fields.size());
			for (int i = 0; i < fields.size(); i++) {
				text(fields.name(i)).text(fields.value(i));
			}
			return this;
		}

		byte[] toBytes() {
			return this.out.toByteArray();
		}

	}

}
