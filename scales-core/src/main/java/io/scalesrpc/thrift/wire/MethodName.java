package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.apache.thrift.TException;

/**
 * The name of a method as the binary protocol writes it: behind its length.
 * <em>Immutable</em>.
 *
 * @param encoded its length in four bytes and its bytes
 */
public record MethodName(byte[] encoded) {

	public static MethodName of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new MethodName(
				ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).array());
	}

	/**
	 * A protocol that reads and writes the head of a message without an object for it.
	 */
	public interface HeadProtocol {

		/**
		 * Reads the head of a message if it is that of a usual reply: of that method,
		 * with that number, and no exception. Otherwise nothing is read.
		 * @param name the method
		 * @param sequenceId the number of the call
		 * @return whether it was
		 */
		boolean readReplyHead(MethodName name, int sequenceId);

		/**
		 * Writes the head of a message.
		 * @param name the method
		 * @param type one of {@code TMessageType}
		 * @param sequenceId the number of the call
		 * @throws TException if there is no room
		 */
		void writeHead(MethodName name, byte type, int sequenceId) throws TException;

	}

}
