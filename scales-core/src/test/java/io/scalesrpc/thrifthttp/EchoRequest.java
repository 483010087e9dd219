package io.scalesrpc.thrifthttp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.RawMessage;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;

/**
 * A request for one text, and the reply that gives it back, as libthrift writes it in the
 * binary encoding. <em>Immutable</em>.
 *
 * @param method the name of the method
 * @param sequence the sequence id
 * @param text what to echo
 */
public record EchoRequest(String method, int sequence, String text) {

	/** Where the length of the text stands, after the name of the method. */
	private static final int TEXT_LENGTH = 15;

	/** Reads a request. */
	public static EchoRequest of(byte[] message) {
		try {
			TProtocol in = RawMessage.libthrift(ThriftEncoding.BINARY, new TMemoryInputTransport(message));
			TMessage header = in.readMessageBegin();
			PeerService.echo_args arguments = new PeerService.echo_args();
			arguments.read(in);
			return new EchoRequest(header.name, header.seqid, arguments.getS());
		}
		catch (TException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** The reply. */
	byte[] reply() {
		return reply(TMessageType.REPLY);
	}

	/** The reply as a message of some other type. */
	byte[] reply(byte type) {
		return ByteBufUtil.getBytes(RawMessage.message(ThriftEncoding.BINARY,
				new TMessage(this.method, type, this.sequence), new PeerService.echo_result(this.text)::write));
	}

	/** The reply, but the text says that it is longer than its message. */
	byte[] unreadable() {
		byte[] reply = reply();
		ByteBuffer.wrap(reply).putInt(TEXT_LENGTH + this.method.length(), 20_000);
		return reply;
	}

	/** The reply as an answer of HTTP. */
	public byte[] answer() {
		return answer(reply());
	}

	/** An answer of HTTP that is said to be Thrift. */
	static byte[] answer(byte[] body) {
		return answer("application/x-thrift", body);
	}

	/** An answer of HTTP. */
	static byte[] answer(String type, byte[] body) {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		answer
			.writeBytes(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		answer.writeBytes(body);
		return answer.toByteArray();
	}

}
