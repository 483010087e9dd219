package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The name of a method, and as the binary protocol writes it: behind its length.
 * <em>Immutable</em>.
 *
 * @param text the name
 * @param encoded its length in four bytes and its bytes
 */
public record MethodName(String text, byte[] encoded) {

	public static MethodName of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new MethodName(text,
				ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).array());
	}

	/** A protocol that knows a name when it sees it. */
	public interface Reader {

		/**
		 * Says which name the next message is likely to have.
		 * @param name the name
		 */
		void expect(MethodName name);

	}

}
